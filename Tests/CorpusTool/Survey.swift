import FoundationEssentials
import KmemParsers

/// What the parsers make of all files below a directory.
struct Survey {
  let directory: String
  let isVerbose: Bool
  private var tallies: [String: Tally] = [:]
  private var refusals: [String] = []
  /// Files with another number of records than of lines that look like one.
  private var differences: [String] = []
  /// Remarks that differ only in numbers and in what follows a colon are one sort.
  private var remarks: [String: (count: Int, example: String)] = [:]
  private var reports = 0

  init(directory: String, isVerbose: Bool) {
    self.directory = directory
    self.isVerbose = isVerbose
  }

  mutating func run() throws {
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory).sorted() {
      guard let data = FileManager.default.contents(atPath: "\(directory)/\(path)") else {
        continue
      }
      if let kind = Kind.of(path) {
        if isVerbose { print("reading \(path)") }
        take(Array(data), of: kind, path)
      } else if Kind.isLeakReport(path) {
        reports += 1
      }
    }
  }

  private mutating func take(_ bytes: [UInt8], of kind: Kind, _ path: String) {
    var tally = tallies[kind.name] ?? Tally()
    defer { tallies[kind.name] = tally }
    tally.files += 1
    guard !bytes.isEmpty else {
      tally.empty += 1
      return
    }
    do throws(ParseError) {
      let parsed = try kind.parse(bytes)
      let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        .count { kind.looksLikeRow(String($0)) }
      tally.whole += parsed.remarks.isEmpty ? 1 : 0
      tally.remarked += parsed.remarks.isEmpty ? 0 : 1
      tally.rows += parsed.rows
      tally.lines += lines
      if isVerbose { print("\(kind.name) \(parsed.rows) \(path)") }
      if parsed.rows != lines { differences.append("\(path): \(parsed.rows) rows, \(lines) lines") }
      for remark in parsed.remarks { note(remark, kind, path) }
    } catch {
      tally.refused += 1
      refusals.append("\(path): line \(error.line): \(error.reason)")
    }
  }

  private mutating func note(_ remark: Remark, _ kind: Kind, _ path: String) {
    let words = remark.reason.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
    let sort = kind.name + ": " + String(words.map { $0.isNumber ? "0" : $0 })
    let known = remarks[sort]
    let example = known?.example ?? "\(path):\(remark.line): \(remark.reason)"
    remarks[sort] = ((known?.count ?? 0) + 1, example)
  }

  func report() {
    print(Tally.heading)
    for kind in Kind.all { print((tallies[kind.name] ?? Tally()).line(kind.name)) }
    print("kmemleak reports, counted only: \(reports)")
    print("\nRefused: \(refusals.count)")
    for refusal in refusals { print("  \(refusal)") }
    print("\nAnother number of records than of lines that look like one: \(differences.count)")
    for difference in differences { print("  \(difference)") }
    print("\nRemarks: \(remarks.count) sorts")
    for (sort, remark) in remarks.sorted(by: { $0.value.count > $1.value.count }) {
      print("  \(remark.count)× \(sort)\n      \(remark.example)")
    }
  }
}
