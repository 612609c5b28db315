package import KmemAnalysis

/// An answer in one line, for monitors that keep no more of it.
package enum BriefLine {
  /// The most bytes of the line, its newline counted: node-problem-detector keeps 80 by default.
  package static let bytes = 80

  /// The last line of an answer, which is its verdict, cut to `bytes`.
  package static func text(ofAnswer text: String) -> String {
    let last = text.split(separator: "\n").last { !$0.allSatisfy { $0 == " " } } ?? ""
    let prefix = "Verdict: "
    return fitted(last.hasPrefix(prefix) ? String(last.dropFirst(prefix.count)) : String(last))
  }

  /// What a watch found: the word, what grows and how fast, and how long the memory lasts.
  package static func text(_ report: WatchReport) -> String {
    guard report.isFinding, let row = report.culprit ?? report.inUse else {
      return text(ofAnswer: WatchVerdict(report).sentence)
    }
    var words = "\(report.conclusion.rawValue): \(WatchFormat.hourly(row, row.rate))"
    if let left = report.inUse?.verdict.exhaustion { words += ", \(Amount.duration(left)) left" }
    return fitted("\(words): \(row.id.title)")
  }

  /// The text on one line, safe for a terminal, with its end cut off where it is longer than `bytes`
  /// with a newline.
  package static func fitted(_ text: String, prefix: String = "") -> String {
    let line = TerminalText.safe(
      prefix + text.split(whereSeparator: \.isNewline).joined(separator: " "))
    guard line.utf8.count >= bytes else { return line }
    var kept = ""
    var size = "...".utf8.count + 1
    for scalar in line.unicodeScalars {
      size += UTF8.width(scalar)
      if size > bytes { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept + "..."
  }
}
