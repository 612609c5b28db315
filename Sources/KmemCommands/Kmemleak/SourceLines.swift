import ArgumentParser
import KmemAnalysis
import KmemSnapshot
import KmemSymbols

/// The options that say where lines of source are looked for.
struct SourceLineOptions: ParsableArguments {
  @Option(name: .long, help: "The kernel's vmlinux, for lines of source.", completion: .file())
  var vmlinux: String?

  @Option(
    name: .long,
    help: "Search this directory for vmlinux and modules with debugging information; repeatable.",
    completion: .directory)
  var debugDir: [String] = []

  @Flag(name: .long, help: "Don't look up lines of source.")
  var noLines = false

  /// Where files are looked for, of the kernel with this release.
  func places(release: String?) -> SymbolPlaces {
    SymbolPlaces(vmlinux: vmlinux, folders: debugDir, release: release)
  }

  /// Refuses a file that isn't there, since its absence would go unnoticed among the other places.
  func validate() throws {
    for path in [vmlinux].compactMap(\.self) + debugDir where !SymbolPlaces.exists(path) {
      throw ValidationError("\(path) isn't there or can't be read")
    }
  }
}

/// Finds lines of source for the frames of a report.
struct SourceLines {
  let options: SourceLineOptions

  /// The report with the lines that were found, and the reasons why others weren't.
  func resolve(_ report: LeakReport) -> LeakReport {
    guard !options.noLines else { return report }
    let owners = report.openOwners
    guard !owners.isEmpty else { return report }
    let identities = SymbolIdentities(
      kernel: report.builds.kernel, modules: report.builds.modules,
      sourceVersions: report.builds.sourceVersions)
    let places = options.places(release: report.moment.host.release)
    return report.adding(
      SymbolResolver(places, identities).answers(to: report.openFrames, of: owners))
  }
}
