import KmemSnapshot

extension SnapSummary {
  /// The path, and what was read; only the path if the user wants no remarks.
  package func text(isQuiet: Bool) -> String {
    guard !isQuiet else { return path + "\n" }
    var text = "\(path)\n  read \(count(.read)) sources in \(milliseconds) ms\n"
    for (outcome, paths) in gaps {
      let shown = paths.prefix(6).joined(separator: ", ")
      let more = paths.count > 6 ? " and \(paths.count - 6) more" : ""
      text += TerminalText.wrapped("  \(outcome.rawValue): \(shown)\(more)", nil).joined() + "\n"
    }
    if let coverage = capture.processCoverage {
      text += "  \(ProcessFormat.coverage(coverage))\n"
    }
    if count(.denied) > 0 { text += "  root can read what was denied\n" }
    return text
  }
}
