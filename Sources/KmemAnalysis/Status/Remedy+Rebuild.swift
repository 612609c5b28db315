extension Remedy {
  /// What another configuration of the kernel changes.
  package enum Rebuild: Hashable, Sendable {
    case enable(Option, OptionPlace, by: Means)
    /// Give an option with a number a larger one.
    case enlarge(SizeOption, to: Int, menu: MenuPath?)
  }

  /// An option that a remedy builds in; the raw value is its name without `CONFIG_`.
  package enum Option: String, Hashable, Sendable, CaseIterable {
    case configuration = "IKCONFIG_PROC"
    case kmemleak = "DEBUG_KMEMLEAK"
    case debugfs = "DEBUG_FS"
    case slabDebug = "SLUB_DEBUG"
    case allocationProfiling = "MEM_ALLOC_PROFILING"
    case pageOwner = "PAGE_OWNER"
    case tracing = "BPF_SYSCALL"
    case pressure = "PSI"
    case memcg = "MEMCG"
    /// The name of MEMCG before 3.6 (c255a458055e).
    case oldMemcg = "CGROUP_MEM_RES_CTLR"
    case kallsyms = "KALLSYMS"
    case kallsymsAll = "KALLSYMS_ALL"
    case stacktrace = "STACKTRACE"
    case debugInfo = "DEBUG_INFO"
  }

  /// An option that bounds what kmemleak records before it can allocate.
  package enum SizeOption: String, Hashable, Sendable {
    case memoryPool = "DEBUG_KMEMLEAK_MEM_POOL_SIZE"
    case earlyLog = "DEBUG_KMEMLEAK_EARLY_LOG_SIZE"
  }

  /// Where an option is found: in the menus of this kernel, or in a later one only.
  package enum OptionPlace: Hashable, Sendable {
    case menu(MenuPath)
    /// This kernel doesn't have the option yet; the first release that does, where it's known.
    case laterKernel(first: String?)
  }

  /// What has to be switched together with an option.
  package enum Means: Hashable, Sendable {
    case alone
    /// The option is shown only where some others are switched on, and some off.
    case with(on: [String], off: [String])
    /// The option follows from a choice of a DWARF version (since 5.18).
    case byDwarfVersion
    /// The option needs SLUB in place of the allocator named.
    case inPlaceOf(allocator: String)
  }

  /// The option that chooses the DWARF version of the compiler.
  package static let dwarfOption = "DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT"
}

extension KernelFacts {
  /// The remedy that an option be built in, with its place in the menus of this kernel.
  func rebuild(_ option: Remedy.Option, by means: Remedy.Means = .alone) -> Remedy {
    let name = option.rawValue
    let place =
      Menuconfig.path(of: name, in: version).map(Remedy.OptionPlace.menu)
      ?? .laterKernel(first: Menuconfig.firstRelease(of: name))
    return .rebuild(.enable(option, place, by: means))
  }
}

extension Remedy.Means {
  /// The option is shown only with DEBUG_KERNEL.
  package static let withKernelDebugging = Self.with(on: ["DEBUG_KERNEL"], off: [])
}

extension Remedy {
  /// Whether it takes another release than this one.
  var isOfLaterKernel: Bool {
    if case .rebuild(.enable(_, .laterKernel, by: _)) = self { return true }
    return false
  }
}
