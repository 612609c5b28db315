import KmemTestSupport
import Testing

@testable import KmemSnapshot

/// The files that kmemcheck itself puts into a capture.
@Suite struct SideFileTests {
  static let paths = [ModuleFacts.path, ModuleNames.path, ProcessFacts.path, ScanFacts.path]

  private func remarks(_ path: String, _ text: String) -> [String] {
    Snapshot(typed: [path: text]).remarks.map { "\($0.path): \($0.reason)" }
  }

  @Test(arguments: paths, ["", "{", "[]", "{\"schema\": 1}", "{}"])
  func `one that can't be understood gets a remark with its name`(path: String, text: String) {
    #expect(
      remarks(path, text) == ["\(path): can't be understood; the capture is read without it"])
  }

  @Test(arguments: paths) func `one of a later version gets a remark with its name`(path: String) {
    #expect(
      remarks(path, "{\"schema\": \"kmemcheck.later/9\"}") == [
        "\(path): is of a version that isn't known here, kmemcheck.later/9; the capture is read "
          + "without it"
      ])
  }

  @Test(arguments: paths) func `one that isn't there, or wasn't read, gets none`(path: String) {
    #expect(Snapshot(typed: [:]).remarks.isEmpty)
    let skipped = SourceReading(outcome: .skipped, reason: "unasked")
    let capture = Capture(origin: "typed", kind: .live, sources: [path: skipped])
    #expect(Snapshot(capture).remarks.isEmpty)
  }

  @Test func `what is written is read back`() throws {
    let modules = ModuleFacts(modules: ["a": ModuleFacts.Module(loadedBy: 7)])
    #expect(try ModuleFacts(decoding: modules.encoded()) == modules)
    let names = ModuleNames(caches: ["c": ["a"]])
    #expect(try ModuleNames(decoding: names.encoded()) == names)
    #expect(try ProcessFacts(decoding: ProcessFacts().encoded()) == ProcessFacts())
  }
}

/// What scans were worth, as it lies in captures.
@Suite struct ScanFactsTests {
  static let outcomes: [ScanFacts.Outcome] = [
    .complete, .aborted, .disturbed, .refused(error: "Device or resource busy"),
    .other(words: "a fault"),
  ]
  static let troubles: [ScanFacts.Trouble?] = [
    nil, .signal(number: 15), .refused(command: "scan=off", error: "Operation not permitted"),
    .disturbed, .other(words: "a trouble"),
  ]
  static let scanners: [ScanFacts.Scanner?] = [
    nil, .runsAgain(isRepair: false), .runsAgain(isRepair: true), .notStarted(isRepair: false),
    .notStarted(isRepair: true), .stopped, .other(words: "a scanner"),
  ]

  private func facts(
    _ outcome: ScanFacts.Outcome, _ trouble: ScanFacts.Trouble?, _ scanner: ScanFacts.Scanner?
  ) -> ScanFacts {
    ScanFacts(
      scans: [.init(start: 300, seconds: 1.5, outcome: outcome)], minimumAge: 5, readings: 2,
      isAliveAtEnd: true, trouble: trouble, scanner: scanner, alarms: ["kmemleak: an alarm"])
  }

  @Test(arguments: outcomes, troubles)
  func `what is written is read back`(outcome: ScanFacts.Outcome, trouble: ScanFacts.Trouble?)
    throws
  {
    for scanner in Self.scanners {
      let facts = facts(outcome, trouble, scanner)
      let bytes = facts.reading().bytes
      #expect(String(decoding: bytes, as: UTF8.self).contains("\"schema\" : \"kmemcheck.scan/1\""))
      #expect(try ScanFacts(decoding: bytes) == facts)
    }
  }

  /// A file as it was before it had a schema; nothing stands for null.
  private func worded(
    fault: String? = nil, trouble: String? = nil, scanner: String? = nil
  ) throws -> ScanFacts {
    func field(_ name: String, _ words: String?) -> String {
      words.map { "\"\(name)\" : \"\($0.split(separator: "\"").joined(separator: "\\\""))\"," }
        ?? ""
    }
    let text = """
      {
        "alarms" : [ "kmemleak: an alarm" ],
        "isAliveAtEnd" : true, "isInterrupted" : false, "minimumAge" : 5, "readings" : 2,
        \(field("scanner", scanner)) \(field("trouble", trouble))
        "scans" : [ { \(field("fault", fault)) "seconds" : 1.5, "start" : 300 } ]
      }
      """
    return try ScanFacts(decoding: Array(text.utf8))
  }

  @Test(
    arguments: [
      (nil, .complete), ("it was interrupted", .aborted),
      ("the program was stopped, or the machine suspended, meanwhile", .disturbed),
      ("refused: Device or resource busy", .refused(error: "Device or resource busy")),
      ("a fault", .other(words: "a fault")),
    ] as [(String?, ScanFacts.Outcome)])
  func `the older form's sentences on scans are understood`(
    words: String?, outcome: ScanFacts.Outcome
  ) throws {
    #expect(try worded(fault: words) == facts(outcome, nil, nil))
  }

  @Test(
    arguments: [
      ("interrupted by signal 15", .signal(number: 15)),
      (
        "kmemleak refused \"scan=off\": Operation not permitted",
        .refused(command: "scan=off", error: "Operation not permitted")
      ),
      (
        "the program was stopped or the machine suspended during every scan, which cuts scans short",
        .disturbed
      ), ("interrupted by signal x", .other(words: "interrupted by signal x")),
    ] as [(String, ScanFacts.Trouble)])
  func `the older form's sentences on troubles are understood`(
    words: String, trouble: ScanFacts.Trouble
  ) throws {
    let read = try worded(trouble: words)
    #expect(read == facts(.complete, trouble, nil))
    #expect(read.isInterrupted == (trouble == .signal(number: 15)))
  }

  private static let repair = "; an earlier kmemcheck was killed and had left it stopped"

  @Test(
    arguments: [
      (
        "the automatic scanner was stopped meanwhile and runs again", .runsAgain(isRepair: false)
      ),
      (
        "the automatic scanner was stopped meanwhile and runs again\(repair)",
        .runsAgain(isRepair: true)
      ),
      (
        "the automatic scanner could not be started again; try kmemcheck kmemleak scan=on",
        .notStarted(isRepair: false)
      ),
      (
        "the automatic scanner could not be started again\(repair); try kmemcheck kmemleak scan=on",
        .notStarted(isRepair: true)
      ),
      ("whether the automatic scanner ran before can't be seen; it is stopped now", .stopped),
      ("a scanner", .other(words: "a scanner")),
    ] as [(String, ScanFacts.Scanner)])
  func `the older form's sentences on the scanner are understood`(
    words: String, scanner: ScanFacts.Scanner
  ) throws {
    #expect(try worded(scanner: words) == facts(.complete, nil, scanner))
  }
}
