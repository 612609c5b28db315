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
  let shows: StatusEvidence
  /// The first remedy; nothing if there is none.
  let remedy: Remedy?

  init(
    _ description: String, _ facts: KernelFacts, _ state: KmemleakState,
    _ certainty: Certainty = .certain, shows: StatusEvidence, remedy: Remedy?
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
    #expect(finding.evidence.contains(kernel.shows), "\(finding.evidence)")
    #expect(finding.remedies.first == kernel.remedy)
  }

  @Test func `every state is reached by a case`() {
    let cases = Self.building + Self.starting + Self.disabling + Self.reaching + Self.reading
    #expect(Set(cases.map(\.state)) == Set(KmemleakState.allCases))
  }

  @Test func `every remedy of every state names a command or a parameter`() {
    let cases = Self.building + Self.starting + Self.disabling + Self.reaching + Self.reading
    for kernel in cases {
      for remedy in KmemleakDiagnosis(facts: kernel.facts).finding().remedies {
        #expect(remedy.command?.isEmpty == false, "\(kernel.testDescription): \(remedy)")
      }
    }
  }

  static let building: [KmemleakCase] = [
    KmemleakCase(
      "a configuration without it",
      facts(config: "CONFIG_DEBUG_KERNEL=y\n# CONFIG_DEBUG_KMEMLEAK is not set\n"),
      .notBuilt, shows: .configLine("DEBUG_KMEMLEAK", .no),
      remedy: enabling(
        .kmemleak, "Kernel hacking", "Memory Debugging", "Kernel memory leak detector")),
    KmemleakCase(
      "a configuration that doesn't mention it",
      facts(config: "CONFIG_SMP=y\nCONFIG_HAVE_DEBUG_KMEMLEAK=y\n"), .notBuilt,
      shows: .configLine("DEBUG_KMEMLEAK", .unmentioned),
      remedy: enabling(
        .kmemleak, by: .withKernelDebugging, "Kernel hacking", "Memory Debugging",
        "Kernel memory leak detector")),
    KmemleakCase(
      "an architecture without it", facts(config: "CONFIG_SMP=y\n"), .notBuilt,
      shows: .kmemleak(.notOffered(finding("HAVE_DEBUG_KMEMLEAK", .unmentioned))),
      remedy: enabling(
        .kmemleak, by: .withKernelDebugging, "Kernel hacking", "Memory Debugging",
        "Kernel memory leak detector")),
    KmemleakCase(
      "a configuration without kernel debugging",
      facts(config: "# CONFIG_DEBUG_KERNEL is not set\nCONFIG_HAVE_DEBUG_KMEMLEAK=y\n"), .notBuilt,
      shows: .configLine("DEBUG_KMEMLEAK", .unmentioned),
      remedy: enabling(
        .kmemleak, by: .withKernelDebugging, "Kernel hacking", "Memory Debugging",
        "Kernel memory leak detector")),
    KmemleakCase(
      "an old kernel without it",
      facts("2.6.39", config: "# CONFIG_DEBUG_KMEMLEAK is not set\n"), .notBuilt,
      shows: .configLine("DEBUG_KMEMLEAK", .no),
      remedy: enabling(
        .kmemleak, by: .with(on: ["DEBUG_KERNEL", "EXPERIMENTAL"], off: []), "Kernel hacking",
        "Kernel memory leak detector")),
    KmemleakCase(
      "a kernel before kmemleak", facts("2.6.18", config: "CONFIG_SMP=y\n"), .notBuilt,
      shows: .configLine("DEBUG_KMEMLEAK", .unmentioned),
      remedy: .rebuild(.enable(.kmemleak, .laterKernel(first: "2.6.31"), by: .withKernelDebugging))),
    KmemleakCase(
      "root finds no file in debugfs", facts { $0.kmemleak = FileFact(.absent) }, .notBuilt,
      .inferred, shows: .kmemleak(.absent(.file)),
      remedy: enabling(
        .kmemleak, "Kernel hacking", "Memory Debugging", "Kernel memory leak detector")),
    KmemleakCase(
      "anyone finds no /sys/module/kmemleak",
      facts(userID: 1000) {
        $0.kmemleak = FileFact(.denied, reason: "Permission denied")
        $0.hasKmemleakModule = false
      }, .notBuilt, .inferred, shows: .kmemleak(.absent(.module)),
      remedy: enabling(
        .kmemleak, "Kernel hacking", "Memory Debugging", "Kernel memory leak detector")),
    KmemleakCase(
      "nothing tells", facts(userID: 1000) { $0.isLive = false }, .unknown, .unknown,
      shows: .noConfiguration(noConfigFile), remedy: .privilege(.captureAsRoot)),
    KmemleakCase(
      "only a config of another release lies about",
      facts {
        $0.isLive = false
        $0.config = .missing([
          .otherRelease(path: "/boot/config-5.10.0", wanted: "6.12.41")
        ])
      }, .unknown, .unknown,
      shows: .noConfiguration(.otherRelease(path: "/boot/config-5.10.0", wanted: "6.12.41")),
      remedy: .command(.giveConfiguration)),
    KmemleakCase(
      "a configuration alone", builtIn { $0.isLive = false }, .built, .inferred,
      shows: .configLine("DEBUG_KMEMLEAK", .yes), remedy: .privilege(.captureAsRoot)),
    KmemleakCase(
      "a configuration that the kernel contradicts",
      builtIn { $0.kmemleak = FileFact(.absent) }, .unknown, .unknown,
      shows: .kmemleak(.absent(.fileAgainstConfiguration)), remedy: .command(.giveConfiguration)),
    KmemleakCase(
      "an old kernel with a missing file and no configuration",
      facts("4.14.0") { $0.kmemleak = FileFact(.absent) }, .unknown, .unknown,
      shows: .kmemleak(.absent(.fileOfDisabledOrNotBuilt)), remedy: .command(.giveConfiguration)),
  ]

  static let starting: [KmemleakCase] = [
    KmemleakCase(
      "off by default", builtIn(and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y"), .defaultOff,
      shows: .notGiven(.kmemleak), remedy: .boot(.add(.kmemleak))),
    KmemleakCase(
      "off by default, the command line unknown",
      builtIn(commandLine: nil, and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y"), .defaultOff,
      .inferred, shows: .kmemleak(.commandLineUnknown), remedy: .boot(.add(.kmemleak))),
    KmemleakCase(
      "off by default, and its file is readable all the same",
      builtIn(and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
      }, .defaultOff, shows: .configLine("DEBUG_KMEMLEAK_DEFAULT_OFF", .yes),
      remedy: .boot(.add(.kmemleak))),
    KmemleakCase(
      "off by default, switched on",
      builtIn(commandLine: "quiet kmemleak=on", and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
      }, .ready, .inferred, shows: .kmemleak(.notSeenDisabled), remedy: .command(.scan)),
    KmemleakCase(
      "switched off at boot", builtIn(commandLine: "kmemleak=off quiet"), .offAtBoot,
      shows: .commandLine("kmemleak=off"), remedy: .boot(.removeKmemleakOff)),
    KmemleakCase(
      "switched off at boot, which a later on can't undo",
      builtIn(commandLine: "kmemleak=off kmemleak=on"), .offAtBoot,
      shows: .commandLine("kmemleak=off"), remedy: .boot(.removeKmemleakOff)),
  ]
}
