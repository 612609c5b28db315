import KmemAnalysis
import KmemParsers
import KmemSymbols

/// Finds lines of source for what a trace accuses.
enum TraceLines {
  /// The report with the lines that files with debugging information give; without options in the usual places.
  static func resolve(
    _ report: TraceReport, _ options: SourceLineOptions? = nil
  ) -> TraceReport {
    let frames = report.openFrames
    guard !(options?.noLines ?? false), !frames.isEmpty else { return report }
    let (release, builds) = (report.record.release, report.record.builds)
    let places = options?.places(release: release) ?? SymbolPlaces(release: release)
    let identities = SymbolIdentities(kernel: builds.kernel, modules: builds.modules)
    return report.adding(SymbolResolver(places, identities).answers(to: frames))
  }
}
