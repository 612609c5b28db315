extension Remedy {
  /// What to type: a shell command, or a parameter for the kernel's command line if the kind is `boot`.
  package var command: String? {
    switch self {
    case .command(let command): command.line
    case .privilege(let privilege): privilege.line
    case .boot(let boot): boot.parameter
    case .rebuild(let rebuild): rebuild.command
    }
  }

  /// Where the option is in `make menuconfig` of that kernel; nil if the remedy rebuilds nothing.
  package var menu: MenuPath? {
    switch self {
    case .rebuild(.enable(_, .menu(let menu), by: _)): menu
    case .rebuild(.enlarge(_, to: _, let menu)): menu
    case .rebuild(.enable), .command, .privilege, .boot: nil
    }
  }
}

extension Remedy.Command {
  fileprivate var line: String? {
    switch self {
    case .mountDebugfs: "sudo mount -t debugfs none /sys/kernel/debug"
    case .giveConfiguration: "kmemcheck status --config FILE"
    case .scan: "sudo kmemcheck scan"
    case .startScanner: "sudo kmemcheck kmemleak scan=on"
    case .showAddresses: "sudo sysctl kernel.kptr_restrict=1"
    case .switchProfilingOn, .countAllocations: "sudo sysctl vm.mem_profiling=1"
    case .compareSnapshots(needsSudo: false): "kmemcheck snap; sleep 600; kmemcheck diff"
    case .compareSnapshots(needsSudo: true): "sudo kmemcheck snap; sleep 600; sudo kmemcheck diff"
    case .compareSinceProfiling, .compareSinceTraces: nil
    case .sumPages: "sudo kmemcheck snap --costly"
    case .trace(let aim): "sudo kmemcheck trace \(aim.argument)"
    }
  }
}

extension Remedy.TraceAim {
  /// The argument of `kmemcheck trace`; a name that a shell would take apart is quoted.
  fileprivate var argument: String {
    switch self {
    case .pages: "--pages"
    case .percpu: "--percpu"
    case .everything: "--all"
    case .cache(let name):
      name.utf8.allSatisfy { Self.plain.contains($0) }
        ? name
        : "'"
          + name.split(separator: "'", omittingEmptySubsequences: false)
          .joined(separator: "'\\''") + "'"
    }
  }

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:,+@%".utf8)
}

extension Remedy.Privilege {
  fileprivate var line: String? {
    switch self {
    case .askAsRoot, .askOnHost: "sudo kmemcheck status"
    case .captureAsRoot: "sudo kmemcheck snap"
    case .compareAsRoot: nil
    }
  }
}

extension Remedy.Boot {
  /// What to add to the command line; to lift lockdown, a command.
  fileprivate var parameter: String {
    switch self {
    case .add(let parameter), .separateCaches(let parameter): parameter.text
    case .removeKmemleakOff, .restartKmemleak, .scanBeforeMemoryRunsOut:
      BootParameter.kmemleak.text
    case .allowDebugfs: "debugfs=on"
    case .liftLockdown: "sudo mokutil --disable-validation"
    case .traceCache(let cache, let parameter): "\(parameter.text),\(cache)"
    case .tracePages: BootParameter.pageOwner.text
    }
  }
}

extension Remedy.Rebuild {
  fileprivate var command: String {
    switch self {
    case .enlarge(let option, let size, menu: _):
      "scripts/config --set-val \(option.rawValue) \(size)"
    case .enable(let option, .menu, by: .alone): "scripts/config --enable \(option.rawValue)"
    case .enable(let option, .laterKernel, by: .alone): "CONFIG_\(option.rawValue)=y"
    case .enable(let option, _, by: .with(let on, let off)):
      (["scripts/config"] + off.map { "--disable \($0)" }
        + (on + [option.rawValue]).map {
          "--enable \($0)"
        }).joined(separator: " ")
    case .enable(_, _, by: .byDwarfVersion):
      "scripts/config --disable DEBUG_INFO_NONE --enable \(Remedy.dwarfOption)"
    case .enable(let option, _, by: .inPlaceOf(let allocator)):
      "scripts/config --disable \(allocator) --enable SLUB --enable \(option.rawValue)"
    }
  }
}
