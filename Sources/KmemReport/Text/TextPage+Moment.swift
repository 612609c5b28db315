import KmemAnalysis
import KmemSnapshot

extension TextPage {
  /// Adds one line that says which machine, which kernel, which moment.
  mutating func moment(_ moment: Moment) {
    var parts: [String] = []
    if let hostname = moment.host.hostname { parts.append(hostname) }
    if let release = moment.host.release { parts.append("Linux \(release)") }
    if let up = moment.host.upTime { parts.append("up \(Amount.duration(up))") }
    if moment.host.isRedacted { parts.append("redacted") }
    if let wall = moment.host.wallTime { parts.append(Dates.words(wall)) }
    if let text = moment.host.textMoment, text.count > 1 || text.title != nil {
      if text.count > 1 { parts.append("moment \(text.number) of \(text.count)") }
      if let title = text.title, moment.host.wallTime == nil { parts.append(title) }
    }
    parts.append(moment.label.map { "\(moment.origin) (\($0))" } ?? moment.origin)
    sentence(parts.joined(separator: " · "), .heading, indent: 0)
  }

  /// Adds what was read, and what wasn't and why, in one sentence each.
  mutating func coverage(_ moment: Moment, isVerbose: Bool) {
    let coverage = moment.coverage
    let gaps = Dictionary(grouping: coverage.notRead, by: \.outcome.rawValue)
      .sorted { $0.key < $1.key }
    let counts = gaps.map { "\($0.value.count) \($0.key)" }
    let summary = (["read \(coverage.read) source\(coverage.read == 1 ? "" : "s")"] + counts)
      .joined(separator: ", ")
    let isDenied = coverage.count(.denied) > 0 && !isVerbose
    sentence(summary + (isDenied ? "; run as root to read those denied" : ""), .faint)
    guard isVerbose else { return }
    for gap in coverage.notRead {
      sentence(
        "\(gap.path): \(gap.outcome.rawValue)\(gap.reason.map { " (\($0))" } ?? "")", .faint,
        indent: 4)
    }
  }

  /// Adds remarks on the sources: the first few, or all of them with `-v`.
  mutating func remarks(_ remarks: [String], isVerbose: Bool) {
    let shown = isVerbose ? remarks[...] : remarks.prefix(3)
    for remark in shown { sentence(remark, .faint) }
    let hidden = remarks.count - shown.count
    guard hidden > 0 else { return }
    sentence("+ \(hidden) remark\(hidden == 1 ? "" : "s") more (-v shows all)", .faint)
  }
}
