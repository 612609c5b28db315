/// Facts of processes that are no file's contents: `kmemcheck/processes.json`.
///
/// The number of open descriptors is one of them. Which files could not be read is kept here once,
/// instead of in the manifest for each of thousands of processes.
package struct ProcessFacts: SideFile, Hashable {
  /// Where the file lies below the root.
  package static let path = "kmemcheck/processes.json"
  /// The form of the file that is written and read, with its version.
  package static let schema = "kmemcheck.process-facts/1"

  /// The form of the file, as it stands in the text.
  package var schema = ProcessFacts.schema
  /// Processes that `/proc` listed and that lived long enough to be looked at, kernel threads too.
  package var listed = 0
  /// Processes that are listed but tell nothing of themselves (`hidepid=1`).
  package var hidden = 0
  /// The pid of the process that read them, kmemcheck itself, which is left out of all sums.
  package var reader: Int?
  /// Open descriptors by pid.
  package var descriptors: [String: Int64] = [:]
  /// The pids of which the number of descriptors is an estimate from some that were looked for.
  package var estimated: [Int] = []
  /// The pids whose `smaps_rollup` was not read, by outcome: `denied`, `skipped`, `timedOut`, `failed`.
  package var notRead: [String: [Int]] = [:]
  /// How long reading may have taken and how long it took, in milliseconds.
  package var budget: Double = 0
  /// How long reading took, in milliseconds.
  package var milliseconds: Double = 0

  /// Nothing was learnt yet.
  package init() {}
}

extension Capture {
  /// The process whose file the path names: 812 for `proc/812/stat`.
  package static func process(of path: String) -> Int? {
    var bytes = path.utf8[...]
    guard bytes.starts(with: "proc/".utf8) else { return nil }
    bytes = bytes.dropFirst(5)
    var pid = 0
    while let byte = bytes.popFirst(), byte != UInt8(ascii: "/") {
      guard byte >= 0x30, byte <= 0x39, pid < 100_000_000 else { return nil }
      pid = pid * 10 + Int(byte - 0x30)
    }
    return bytes.isEmpty || pid == 0 ? nil : pid
  }
}
