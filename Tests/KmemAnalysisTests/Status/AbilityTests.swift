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
  let shows: String
  /// A part of the first remedy; nothing if there is none.
  let remedy: String?

  init(
    _ description: String, _ facts: KernelFacts, _ id: Ability.Identifier, _ state: Ability.State,
    shows: String, remedy: String? = nil
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
    #expect(ability.evidence.contains { $0.contains(kernel.shows) }, "\(ability.evidence)")
    let sentence = ability.gap.first?.sentence
    if let remedy = kernel.remedy {
      #expect(sentence?.contains(remedy) == true, "\(sentence ?? "none")")
    } else {
      #expect(sentence == nil)
    }
  }

  @Test(arguments: slab + allocations + access)
  func `each gap names a command or a parameter`(kernel: AbilityCase) {
    for ability in KernelStatus(kernel.facts).abilities {
      for remedy in ability.gap {
        #expect(remedy.command?.isEmpty == false, "\(ability.name): \(remedy.sentence)")
      }
      #expect(!ability.evidence.isEmpty || !ability.detail.isEmpty, "\(ability.name)")
    }
  }

  @Test func `a kernel of which nothing is known is said to be unknown throughout`() {
    let status = KernelStatus(KernelFacts(isLive: false))
    #expect(status.isUnknown)
    #expect(status.kmemleak.state == .unknown)
    #expect(status.abilities.allSatisfy { $0.state == .unknown })
    #expect(
      status.verdict
        == "Whether this kernel has kmemleak is unknown: no configuration of this kernel was found."
        + " It can still tell growth by class (kmemcheck diff).")
  }

  static let slab: [AbilityCase] = [
    AbilityCase(
      "slabinfo for root only", facts(userID: 1000) { $0.slabinfo = FileFact(.denied) }, .slabinfo,
      .denied, shows: "/proc/slabinfo: denied", remedy: "sudo kmemcheck status"),
    AbilityCase(
      "a kernel without slabinfo",
      facts(config: "CONFIG_SLUB=y\n# CONFIG_SLUB_DEBUG is not set\n") {
        $0.slabinfo = FileFact(.absent)
      }, .slabinfo, .no, shows: "/proc/slabinfo doesn't exist",
      remedy: "Memory Debugging → Enable SLUB debugging support"),
    AbilityCase(
      "traces for all", facts(config: "CONFIG_SLUB_DEBUG=y\n", commandLine: "slab_debug=U"),
      .slabTraces, .yes, shows: "/proc/cmdline: slab_debug=U"),
    AbilityCase(
      "traces by build",
      facts(config: "CONFIG_SLUB_DEBUG=y\nCONFIG_SLUB_DEBUG_ON=y\n"), .slabTraces, .yes,
      shows: "CONFIG_SLUB_DEBUG_ON=y"),
    AbilityCase(
      "no traces", facts(config: "CONFIG_SLUB_DEBUG=y\n"), .slabTraces, .off,
      shows: "CONFIG_SLUB_DEBUG=y", remedy: "reboot: slab_debug=U"),
    AbilityCase(
      "no traces on an old kernel", facts("5.10.0", config: "CONFIG_SLUB_DEBUG=y\n"), .slabTraces,
      .off, shows: "CONFIG_SLUB_DEBUG=y", remedy: "reboot: slub_debug=U"),
    AbilityCase(
      "traces for all, and only for root",
      facts(config: "CONFIG_SLUB_DEBUG=y\n", commandLine: "slab_debug=U", userID: 1000),
      .slabTraces, .denied, shows: "slab_debug=U", remedy: "sudo kmemcheck status"),
    AbilityCase(
      "SLAB has no traces", facts("5.10.0", config: "CONFIG_SLAB=y\n"), .slabTraces, .no,
      shows: "doesn't mention", remedy: "--disable SLAB --enable SLUB --enable SLUB_DEBUG"),
    AbilityCase(
      "SLAB merged nothing at first", facts("3.10.0", config: "CONFIG_SLAB=y\n"), .slabNames, .yes,
      shows: "doesn't mention"),
    AbilityCase(
      "merged caches are seen", facts { $0.mergedCacheNames = 43 }, .slabNames, .off,
      shows: "43 names", remedy: "reboot: slab_nomerge"),
    AbilityCase(
      "merging by build", facts(config: "CONFIG_SLAB_MERGE_DEFAULT=y\n"), .slabNames, .off,
      shows: "CONFIG_SLAB_MERGE_DEFAULT=y", remedy: "slab_nomerge"),
    AbilityCase(
      "no merging by build", facts(config: "# CONFIG_SLAB_MERGE_DEFAULT is not set\n"),
      .slabNames, .yes, shows: "is not set"),
    AbilityCase(
      "no merging at boot, with the old name", facts(commandLine: "slub_nomerge"), .slabNames, .yes,
      shows: "/proc/cmdline: slub_nomerge"),
    AbilityCase(
      "a kernel before the option merges", facts("4.9.0", config: "CONFIG_SLUB=y\n"), .slabNames,
      .off, shows: "doesn't mention", remedy: "slab_nomerge"),
  ]

  static let allocations: [AbilityCase] = [
    AbilityCase(
      "allocinfo can be read", facts { $0.allocinfo = FileFact(.read, isEmpty: false) },
      .allocinfo, .yes, shows: "/proc/allocinfo can be read"),
    AbilityCase(
      "allocinfo is switched off",
      facts(
        config: "CONFIG_MEM_ALLOC_PROFILING=y\nCONFIG_MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT=y\n"
      ) {
        $0.memoryProfiling = "0"
        $0.allocinfo = FileFact(.read)
      }, .allocinfo, .off, shows: "mem_profiling: 0",
      remedy: "sudo sysctl vm.mem_profiling=1"),
    AbilityCase(
      "allocinfo can't be switched on without a reboot",
      facts(
        config:
          "CONFIG_MEM_ALLOC_PROFILING=y\n# CONFIG_MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT is not set\n"
      ) { $0.memoryProfiling = "0" }, .allocinfo, .off, shows: "mem_profiling: 0",
      remedy: "reboot: sysctl.vm.mem_profiling=1"),
    AbilityCase(
      "allocinfo was forbidden at boot",
      facts(config: "CONFIG_MEM_ALLOC_PROFILING=y\n", commandLine: "sysctl.vm.mem_profiling=never"),
      .allocinfo, .off, shows: "CONFIG_MEM_ALLOC_PROFILING=y",
      remedy: "sysctl.vm.mem_profiling=1"),
    AbilityCase(
      "allocinfo is too new for the kernel", facts("6.1.0", config: "CONFIG_SMP=y\n"), .allocinfo,
      .no, shows: "doesn't mention", remedy: "Run Linux 6.10 or later"),
    AbilityCase(
      "page_owner isn't built in", facts(config: "# CONFIG_PAGE_OWNER is not set\n"), .pageOwner,
      .no, shows: "is not set", remedy: "Memory Debugging → Track page owner"),
    AbilityCase(
      "page_owner isn't switched on", facts(config: "CONFIG_PAGE_OWNER=y\n"), .pageOwner, .off,
      shows: "/proc/cmdline has no page_owner=on", remedy: "reboot: page_owner=on"),
    AbilityCase(
      "page_owner is on",
      facts(config: "CONFIG_PAGE_OWNER=y\n", commandLine: "page_owner=on"), .pageOwner, .yes,
      shows: "/proc/cmdline: page_owner=on"),
    AbilityCase(
      "pressure is switched off",
      facts(config: "CONFIG_PSI=y\n") {
        $0.pressure = FileFact(.failed, reason: "Operation not supported")
      }, .pressure, .off, shows: "Operation not supported", remedy: "reboot: psi=1"),
    AbilityCase(
      "pressure is switched off, the configuration unknown",
      facts { $0.pressure = FileFact(.failed, reason: "EOPNOTSUPP") }, .pressure, .off,
      shows: "EOPNOTSUPP", remedy: "psi=1"),
    AbilityCase(
      "line numbers need a DWARF version", facts(config: "CONFIG_DEBUG_INFO_NONE=y\n"), .debugInfo,
      .no, shows: "doesn't mention",
      remedy: "--enable DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT"),
    AbilityCase(
      "line numbers on an old kernel", facts("4.4.0", config: "# CONFIG_DEBUG_INFO is not set\n"),
      .debugInfo, .no, shows: "is not set", remedy: "scripts/config --enable DEBUG_INFO."),
  ]

  static let access: [AbilityCase] = [
    AbilityCase(
      "an ordinary user", facts(userID: 1000) { $0.capabilities = 0 }, .privileges, .denied,
      shows: "user id 1000, without CAP_SYS_ADMIN and CAP_SYSLOG",
      remedy: "sudo kmemcheck status"),
    AbilityCase(
      "root", facts { $0.capabilities = 0x1ff_ffff_ffff }, .privileges, .yes, shows: "user id 0"),
    AbilityCase(
      "root with less", facts { $0.capabilities = 1 << 34 }, .privileges, .denied,
      shows: "without CAP_SYS_ADMIN", remedy: "outside the container"),
    AbilityCase(
      "addresses are hidden", facts(userID: 1000) { $0.kptrRestrict = "2" }, .pointers, .denied,
      shows: "kptr_restrict: 2", remedy: "sudo sysctl kernel.kptr_restrict=1"),
    AbilityCase(
      "debugfs is there but not mounted",
      facts {
        $0.mounts = mounts(debugfs: false)
        $0.hasDebugDirectory = true
      }, .debugfs, .off, shows: "/proc/mounts has no debugfs", remedy: "sudo mount -t debugfs"),
    AbilityCase(
      "lockdown isn't built in",
      facts(config: "# CONFIG_SECURITY_LOCKDOWN_LSM is not set\n") { $0.lockdown = nil },
      .lockdown, .yes, shows: "CONFIG_SECURITY_LOCKDOWN_LSM is not set"),
    AbilityCase(
      "lockdown is on", facts { $0.lockdown = .integrity }, .lockdown, .denied,
      shows: "lockdown: integrity", remedy: "lockdown="),
    AbilityCase(
      "the configuration is missing", facts(), .configuration, .unknown,
      shows: "/proc/config.gz doesn't exist", remedy: "kmemcheck status --config FILE"),
    AbilityCase(
      "the scanner doesn't start by itself",
      builtIn(and: "# CONFIG_DEBUG_KMEMLEAK_AUTO_SCAN is not set"), .kmemleakAutoScan, .off,
      shows: "is not set", remedy: "kmemcheck kmemleak scan=on"),
  ]
}
