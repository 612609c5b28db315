import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemAnalysis

/// A kernel, and what has to be said of it.
struct KmemleakCase: CustomTestStringConvertible {
  let testDescription: String
  let facts: KernelFacts
  let state: KmemleakState
  let certainty: Certainty
  /// A part of the evidence.
  let shows: String
  /// A part of the first remedy; nothing if there is none.
  let remedy: String?

  init(
    _ description: String, _ facts: KernelFacts, _ state: KmemleakState,
    _ certainty: Certainty = .certain, shows: String, remedy: String?
  ) {
    testDescription = description
    self.facts = facts
    self.state = state
    self.certainty = certainty
    self.shows = shows
    self.remedy = remedy
  }
}

@Suite struct KmemleakDiagnosisTests {
  @Test(arguments: building + starting + disabling + reaching + reading)
  func `each kernel is in the state it shows`(kernel: KmemleakCase) {
    let finding = KmemleakDiagnosis(facts: kernel.facts).finding()
    #expect(finding.state == kernel.state)
    #expect(finding.certainty == kernel.certainty)
    #expect(
      finding.evidence.contains { $0.contains(kernel.shows) }, "\(finding.evidence)")
    let sentence = finding.remedies.first?.sentence
    if let remedy = kernel.remedy {
      #expect(sentence?.contains(remedy) == true, "\(sentence ?? "none")")
    } else {
      #expect(sentence == nil)
    }
  }

  @Test func `every state is reached by a case`() {
    let cases = Self.building + Self.starting + Self.disabling + Self.reaching + Self.reading
    #expect(Set(cases.map(\.state)) == Set(KmemleakState.allCases))
  }

  @Test func `every remedy of every state names a command or a parameter`() {
    let cases = Self.building + Self.starting + Self.disabling + Self.reaching + Self.reading
    for kernel in cases {
      for remedy in KmemleakDiagnosis(facts: kernel.facts).finding().remedies {
        #expect(remedy.command?.isEmpty == false, "\(kernel.testDescription): \(remedy.sentence)")
      }
    }
  }

  static let building: [KmemleakCase] = [
    KmemleakCase(
      "a configuration without it",
      facts(config: "CONFIG_DEBUG_KERNEL=y\n# CONFIG_DEBUG_KMEMLEAK is not set\n"),
      .notBuilt, shows: "/proc/config.gz: CONFIG_DEBUG_KMEMLEAK is not set",
      remedy: "(menuconfig: Kernel hacking → Memory Debugging → Kernel memory leak detector):"
        + " scripts/config --enable DEBUG_KMEMLEAK"),
    KmemleakCase(
      "a configuration that doesn't mention it",
      facts(config: "CONFIG_SMP=y\nCONFIG_HAVE_DEBUG_KMEMLEAK=y\n"), .notBuilt,
      shows: "/proc/config.gz doesn't mention CONFIG_DEBUG_KMEMLEAK", remedy: "DEBUG_KMEMLEAK=y"),
    KmemleakCase(
      "an architecture without it", facts(config: "CONFIG_SMP=y\n"), .notBuilt,
      shows: "this architecture may not offer kmemleak", remedy: "DEBUG_KMEMLEAK=y"),
    KmemleakCase(
      "a configuration without kernel debugging",
      facts(config: "# CONFIG_DEBUG_KERNEL is not set\nCONFIG_HAVE_DEBUG_KMEMLEAK=y\n"), .notBuilt,
      shows: "CONFIG_DEBUG_KMEMLEAK",
      remedy: "scripts/config --enable DEBUG_KERNEL --enable DEBUG_KMEMLEAK"),
    KmemleakCase(
      "an old kernel without it",
      facts("2.6.39", config: "# CONFIG_DEBUG_KMEMLEAK is not set\n"), .notBuilt,
      shows: "is not set", remedy: "(menuconfig: Kernel hacking → Kernel memory leak detector)"),
    KmemleakCase(
      "a kernel before kmemleak", facts("2.6.18", config: "CONFIG_SMP=y\n"), .notBuilt,
      shows: "doesn't mention", remedy: "Linux 2.6.31 or later"),
    KmemleakCase(
      "root finds no file in debugfs", facts { $0.kmemleak = FileFact(.absent) }, .notBuilt,
      .inferred, shows: "since 4.19 always have", remedy: "DEBUG_KMEMLEAK=y"),
    KmemleakCase(
      "anyone finds no /sys/module/kmemleak",
      facts(userID: 1000) {
        $0.kmemleak = FileFact(.denied, reason: "Permission denied")
        $0.hasKmemleakModule = false
      }, .notBuilt, .inferred, shows: "/sys/module/kmemleak doesn't exist", remedy: "=y"),
    KmemleakCase(
      "nothing tells", facts(userID: 1000) { $0.isLive = false }, .unknown, .unknown,
      shows: "/proc/config.gz doesn't exist", remedy: "sudo kmemcheck snap"),
    KmemleakCase(
      "only a config of another release lies about",
      facts {
        $0.isLive = false
        $0.config = .missing(reasons: [
          "boot/config-5.10.0 is the config of another release, so it's no answer"
        ])
      }, .unknown, .unknown, shows: "another release",
      remedy: "kmemcheck status --config FILE"),
    KmemleakCase(
      "a configuration alone", builtIn { $0.isLive = false }, .built, .inferred,
      shows: "CONFIG_DEBUG_KMEMLEAK=y", remedy: "sudo kmemcheck snap"),
    KmemleakCase(
      "a configuration that the kernel contradicts",
      builtIn { $0.kmemleak = FileFact(.absent) }, .unknown, .unknown,
      shows: "don't fit together", remedy: "--config FILE"),
    KmemleakCase(
      "an old kernel with a missing file and no configuration",
      facts("4.14.0") { $0.kmemleak = FileFact(.absent) }, .unknown, .unknown,
      shows: "and where it isn't built in", remedy: "--config FILE"),
  ]

  static let starting: [KmemleakCase] = [
    KmemleakCase(
      "off by default", builtIn(and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y"), .defaultOff,
      shows: "/proc/cmdline has no kmemleak=on", remedy: "reboot: kmemleak=on"),
    KmemleakCase(
      "off by default, the command line unknown",
      builtIn(commandLine: nil, and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y"), .defaultOff,
      .inferred, shows: "it may hold kmemleak=on", remedy: "kmemleak=on"),
    KmemleakCase(
      "off by default, and its file is readable all the same",
      builtIn(and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
      }, .defaultOff, shows: "DEFAULT_OFF=y", remedy: "kmemleak=on"),
    KmemleakCase(
      "off by default, switched on",
      builtIn(commandLine: "quiet kmemleak=on", and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
      }, .ready, .inferred, shows: "only a scan proves", remedy: "sudo kmemcheck scan"),
    KmemleakCase(
      "switched off at boot", builtIn(commandLine: "kmemleak=off quiet"), .offAtBoot,
      shows: "/proc/cmdline: kmemleak=off", remedy: "Replace kmemleak=off on"),
    KmemleakCase(
      "switched off at boot, which a later on can't undo",
      builtIn(commandLine: "kmemleak=off kmemleak=on"), .offAtBoot, shows: "kmemleak=off",
      remedy: "kmemleak=on"),
  ]
}
