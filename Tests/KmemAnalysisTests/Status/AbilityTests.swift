import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemAnalysis

/// A kernel, and what has to be said of one ability.
struct AbilityCase: CustomTestStringConvertible {
  let testDescription: String
  let facts: KernelFacts
  let id: Ability.Identifier
  let state: Ability.State
  /// A part of the evidence.
  let shows: StatusEvidence
  /// The first remedy; nothing if there is none.
  let remedy: Remedy?

  init(
    _ description: String, _ facts: KernelFacts, _ id: Ability.Identifier, _ state: Ability.State,
    shows: StatusEvidence, remedy: Remedy? = nil
  ) {
    testDescription = description
    self.facts = facts
    self.id = id
    self.state = state
    self.shows = shows
    self.remedy = remedy
  }
}

@Suite struct AbilityTests {
  @Test(arguments: slab + allocations + access)
  func `each ability is what the kernel shows`(kernel: AbilityCase) throws {
    let ability = try #require(KernelStatus(kernel.facts)[kernel.id])
    #expect(ability.state == kernel.state)
    #expect(ability.evidence.contains(kernel.shows), "\(ability.evidence)")
    #expect(ability.gap.first == kernel.remedy)
  }

  @Test(arguments: slab + allocations + access)
  func `each gap names a command or a parameter`(kernel: AbilityCase) {
    for ability in KernelStatus(kernel.facts).abilities {
      for remedy in ability.gap {
        #expect(remedy.command?.isEmpty == false, "\(ability.id): \(remedy)")
      }
      #expect(!ability.evidence.isEmpty || ability.detail != nil, "\(ability.id)")
    }
  }

  @Test func `a kernel of which nothing is known is said to be unknown throughout`() {
    let status = KernelStatus(KernelFacts(isLive: false))
    #expect(status.isUnknown)
    #expect(status.kmemleak.state == .unknown)
    #expect(status.abilities.allSatisfy { $0.state == .unknown })
    #expect(
      status.kmemleak.evidence == [.kmemleak(.nothingShows), .noConfiguration(nil)])
  }

  static let slab: [AbilityCase] = [
    AbilityCase(
      "slabinfo for root only", facts(userID: 1000) { $0.slabinfo = FileFact(.denied) }, .slabinfo,
      .denied, shows: .file(path: "/proc/slabinfo", FileFact(.denied)),
      remedy: .privilege(.askAsRoot)),
    AbilityCase(
      "a kernel without slabinfo",
      facts(config: "CONFIG_SLUB=y\n# CONFIG_SLUB_DEBUG is not set\n") {
        $0.slabinfo = FileFact(.absent)
      }, .slabinfo, .no, shows: .file(path: "/proc/slabinfo", FileFact(.absent)),
      remedy: enabling(
        .slabDebug, "Kernel hacking", "Memory Debugging", "Enable SLUB debugging support")),
    AbilityCase(
      "traces for all", facts(config: "CONFIG_SLUB_DEBUG=y\n", commandLine: "slab_debug=U"),
      .slabTraces, .yes, shows: .commandLine("slab_debug=U")),
    AbilityCase(
      "traces by build",
      facts(config: "CONFIG_SLUB_DEBUG=y\nCONFIG_SLUB_DEBUG_ON=y\n"), .slabTraces, .yes,
      shows: .configLine("SLUB_DEBUG_ON", .yes)),
    AbilityCase(
      "no traces", facts(config: "CONFIG_SLUB_DEBUG=y\n"), .slabTraces, .off,
      shows: .configLine("SLUB_DEBUG", .yes), remedy: .boot(.add(.slabTraces(.slab)))),
    AbilityCase(
      "no traces on an old kernel", facts("5.10.0", config: "CONFIG_SLUB_DEBUG=y\n"), .slabTraces,
      .off, shows: .configLine("SLUB_DEBUG", .yes), remedy: .boot(.add(.slabTraces(.slub)))),
    AbilityCase(
      "traces for all, and only for root",
      facts(config: "CONFIG_SLUB_DEBUG=y\n", commandLine: "slab_debug=U", userID: 1000),
      .slabTraces, .denied, shows: .commandLine("slab_debug=U"), remedy: .privilege(.askAsRoot)),
    AbilityCase(
      "SLAB has no traces", facts("5.10.0", config: "CONFIG_SLAB=y\n"), .slabTraces, .no,
      shows: .configLine("SLUB_DEBUG", .unmentioned),
      remedy: enabling(
        .slabDebug, by: .inPlaceOf(allocator: "SLAB"), "General setup",
        "Enable SLUB debugging support")),
    AbilityCase(
      "SLAB merged nothing at first", facts("3.10.0", config: "CONFIG_SLAB=y\n"), .slabNames, .yes,
      shows: .configLine("SLAB_MERGE_DEFAULT", .unmentioned)),
    AbilityCase(
      "merged caches are seen", facts { $0.mergedCacheNames = 43 }, .slabNames, .off,
      shows: .mergedNames(43), remedy: .boot(.add(.noMerge(.slab)))),
    AbilityCase(
      "merging by build", facts(config: "CONFIG_SLAB_MERGE_DEFAULT=y\n"), .slabNames, .off,
      shows: .configLine("SLAB_MERGE_DEFAULT", .yes), remedy: .boot(.add(.noMerge(.slab)))),
    AbilityCase(
      "no merging by build", facts(config: "# CONFIG_SLAB_MERGE_DEFAULT is not set\n"),
      .slabNames, .yes, shows: .configLine("SLAB_MERGE_DEFAULT", .no)),
    AbilityCase(
      "no merging at boot, with the old name", facts(commandLine: "slub_nomerge"), .slabNames, .yes,
      shows: .commandLine("slub_nomerge")),
    AbilityCase(
      "a kernel before the option merges", facts("4.9.0", config: "CONFIG_SLUB=y\n"), .slabNames,
      .off, shows: .configLine("SLAB_MERGE_DEFAULT", .unmentioned),
      remedy: .boot(.add(.noMerge(.slab)))),
  ]

  static let allocations: [AbilityCase] = [
    AbilityCase(
      "allocinfo can be read", facts { $0.allocinfo = FileFact(.read, isEmpty: false) },
      .allocinfo, .yes, shows: .file(path: "/proc/allocinfo", FileFact(.read, isEmpty: false))),
    AbilityCase(
      "allocinfo is switched off",
      facts(
        config: "CONFIG_MEM_ALLOC_PROFILING=y\nCONFIG_MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT=y\n"
      ) {
        $0.memoryProfiling = "0"
        $0.allocinfo = FileFact(.read)
      }, .allocinfo, .off, shows: .value(path: "/proc/sys/vm/mem_profiling", "0"),
      remedy: .command(.switchProfilingOn)),
    AbilityCase(
      "allocinfo can't be switched on without a reboot",
      facts(
        config:
          "CONFIG_MEM_ALLOC_PROFILING=y\n# CONFIG_MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT is not set\n"
      ) { $0.memoryProfiling = "0" }, .allocinfo, .off,
      shows: .value(path: "/proc/sys/vm/mem_profiling", "0"), remedy: .boot(.add(.memoryProfiling))),
    AbilityCase(
      "allocinfo was forbidden at boot",
      facts(config: "CONFIG_MEM_ALLOC_PROFILING=y\n", commandLine: "sysctl.vm.mem_profiling=never"),
      .allocinfo, .off, shows: .configLine("MEM_ALLOC_PROFILING", .yes),
      remedy: .boot(.add(.memoryProfiling))),
    AbilityCase(
      "allocinfo is too new for the kernel", facts("6.1.0", config: "CONFIG_SMP=y\n"), .allocinfo,
      .no, shows: .configLine("MEM_ALLOC_PROFILING", .unmentioned),
      remedy: .rebuild(.enable(.allocationProfiling, .laterKernel(first: "6.10"), by: .alone))),
    AbilityCase(
      "page_owner isn't built in", facts(config: "# CONFIG_PAGE_OWNER is not set\n"), .pageOwner,
      .no, shows: .configLine("PAGE_OWNER", .no),
      remedy: enabling(.pageOwner, "Kernel hacking", "Memory Debugging", "Track page owner")),
    AbilityCase(
      "page_owner isn't switched on", facts(config: "CONFIG_PAGE_OWNER=y\n"), .pageOwner, .off,
      shows: .notGiven(.pageOwner), remedy: .boot(.add(.pageOwner))),
    AbilityCase(
      "page_owner is on",
      facts(config: "CONFIG_PAGE_OWNER=y\n", commandLine: "page_owner=on"), .pageOwner, .yes,
      shows: .commandLine("page_owner=on")),
    AbilityCase(
      "pressure is switched off",
      facts(config: "CONFIG_PSI=y\n") {
        $0.pressure = FileFact(.failed, reason: "Operation not supported")
      }, .pressure, .off,
      shows: .file(
        path: "/proc/pressure/memory", FileFact(.failed, reason: "Operation not supported")),
      remedy: .boot(.add(.pressure))),
    AbilityCase(
      "pressure is switched off, the configuration unknown",
      facts { $0.pressure = FileFact(.failed, reason: "EOPNOTSUPP") }, .pressure, .off,
      shows: .file(path: "/proc/pressure/memory", FileFact(.failed, reason: "EOPNOTSUPP")),
      remedy: .boot(.add(.pressure))),
    AbilityCase(
      "line numbers need a DWARF version", facts(config: "CONFIG_DEBUG_INFO_NONE=y\n"), .debugInfo,
      .no, shows: .configLine("DEBUG_INFO", .unmentioned),
      remedy: enabling(
        .debugInfo, by: .byDwarfVersion, "Kernel hacking",
        "Compile-time checks and compiler options", "Debug information",
        "Rely on the toolchain's implicit default DWARF version")),
    AbilityCase(
      "line numbers on an old kernel", facts("4.4.0", config: "# CONFIG_DEBUG_INFO is not set\n"),
      .debugInfo, .no, shows: .configLine("DEBUG_INFO", .no),
      remedy: enabling(
        .debugInfo, "Kernel hacking", "Compile-time checks and compiler options",
        "Compile the kernel with debug info")),
  ]

  static let access: [AbilityCase] = [
    AbilityCase(
      "an ordinary user", facts(userID: 1000) { $0.capabilities = 0 }, .privileges, .denied,
      shows: .user(1000, lacks: [.systemAdministration, .systemLog]), remedy: .privilege(.askAsRoot)
    ),
    AbilityCase(
      "root", facts { $0.capabilities = 0x1ff_ffff_ffff }, .privileges, .yes,
      shows: .user(0, lacks: [])),
    AbilityCase(
      "root with less", facts { $0.capabilities = 1 << 34 }, .privileges, .denied,
      shows: .user(0, lacks: [.systemAdministration]), remedy: .privilege(.askOnHost)),
    AbilityCase(
      "addresses are hidden", facts(userID: 1000) { $0.kptrRestrict = "2" }, .pointers, .denied,
      shows: .value(path: "/proc/sys/kernel/kptr_restrict", "2"), remedy: .command(.showAddresses)),
    AbilityCase(
      "debugfs is there but not mounted",
      facts {
        $0.mounts = mounts(debugfs: false)
        $0.hasDebugDirectory = true
      }, .debugfs, .off, shows: .debugfsNotMounted, remedy: .command(.mountDebugfs)),
    AbilityCase(
      "lockdown isn't built in",
      facts(config: "# CONFIG_SECURITY_LOCKDOWN_LSM is not set\n") { $0.lockdown = nil },
      .lockdown, .yes, shows: .configLine("SECURITY_LOCKDOWN_LSM", .no)),
    AbilityCase(
      "lockdown is on", facts { $0.lockdown = .integrity }, .lockdown, .denied,
      shows: .value(path: Lockdown.path, "integrity"), remedy: .boot(.liftLockdown)),
    AbilityCase(
      "the configuration is missing", facts(), .configuration, .unknown,
      shows: .noConfiguration(noConfigFile), remedy: .command(.giveConfiguration)),
    AbilityCase(
      "the scanner doesn't start by itself",
      builtIn(and: "# CONFIG_DEBUG_KMEMLEAK_AUTO_SCAN is not set"), .kmemleakAutoScan, .off,
      shows: .configLine("DEBUG_KMEMLEAK_AUTO_SCAN", .no), remedy: .command(.startScanner)),
  ]

  /// What a configuration alone, of the release at its top, offers where something is missing.
  private func offers(_ release: String, _ options: String = "") throws -> KernelStatus {
    let text = """
      # Linux/x86 \(release) Kernel Configuration
      CONFIG_X86=y
      CONFIG_DEBUG_KERNEL=y
      CONFIG_CGROUPS=y
      CONFIG_DEBUG_FS=y
      \(options)

      """
    let parsed = try #require(config(text))
    return KernelStatus(KernelFacts(of: parsed, path: "/my/config"))
  }

  @Test func `a configuration alone is of the release at its top, and offers nothing later`() throws
  {
    let old = try offers("2.6.34", "CONFIG_SLAB=y\n# CONFIG_CGROUP_MEM_RES_CTLR is not set")
    #expect(old.release == "2.6.34")
    #expect(
      old[.memcg]?.gap == [
        enabling(
          .oldMemcg, "General setup", "Control Group support",
          "Memory Resource Controller for Control Groups")
      ])
    #expect(
      old.kmemleak.remedies == [
        enabling(
          .kmemleak, by: .with(on: ["EXPERIMENTAL"], off: []), "Kernel hacking",
          "Kernel memory leak detector")
      ])
    #expect(old.abilities.allSatisfy { $0.gap.allSatisfy { !$0.isOfLaterKernel } })
    #expect(old[.pressure]?.detail == .laterRelease(first: "4.20"))
    #expect(old[.pageOwner]?.detail == .laterRelease(first: "3.19"))
    #expect(old[.slabNames]?.detail == .beforeMerging, "slub_nomerge is none of SLAB's")
    #expect(old[.privileges]?.gap == [], "what doesn't run has no root")
    #expect(old[.configuration]?.detail == .origin("/my/config"))
  }

  @Test func `memory hotplug shuts kmemleak out before 3_9`() throws {
    let status = try offers("2.6.39", "CONFIG_EXPERIMENTAL=y\nCONFIG_MEMORY_HOTPLUG=y")
    #expect(
      status.kmemleak.remedies.first?.command
        == "scripts/config --disable MEMORY_HOTPLUG --enable DEBUG_KMEMLEAK")
    #expect(try offers("2.6.30").kmemleak.remedies == [], "there is none before 2.6.31")
  }

  @Test func `menus, names and parameters are those of the release`() throws {
    let middle = try offers("3.16.7", "CONFIG_SLUB=y\n# CONFIG_MEMCG is not set")
    #expect(middle[.slabNames]?.gap == [.boot(.add(.noMerge(.slub)))])
    #expect(
      middle[.memcg]?.gap == [
        enabling(
          .memcg, "General setup", "Control Group support",
          "Memory Resource Controller for Control Groups")
      ])
    #expect(middle[.tracing]?.detail == .beforeTracing)
    let new = try offers("6.12.3", "CONFIG_SLUB=y\n# CONFIG_MEMCG is not set")
    #expect(new[.slabNames]?.gap == [.boot(.add(.noMerge(.slab)))])
    #expect(
      new[.memcg]?.gap == [
        enabling(.memcg, "General setup", "Control Group support", "Memory controller")
      ])
    #expect(new[.debugfs]?.state == .yes)
  }
}
