internal import KmemAnalysis

/// Build ids and checksums that tell one build of the kernel and of its modules from another.
package struct SymbolIdentities: Sendable {
  /// The build id of the kernel, from `/sys/kernel/notes`.
  package var kernel: String?
  /// Build ids by module, from `/sys/module/*/notes/.note.gnu.build-id`.
  package var modules: [String: String]
  /// Checksums of the source by module, from `/sys/module/*/srcversion`.
  package var sourceVersions: [String: String]

  /// Describes the builds of a machine; what isn't known is left out.
  package init(
    kernel: String? = nil, modules: [String: String] = [:], sourceVersions: [String: String] = [:]
  ) {
    self.kernel = kernel
    self.modules = modules
    self.sourceVersions = sourceVersions
  }

  func buildID(of module: String?) -> String? {
    module.map { modules[$0] } ?? kernel
  }
}

/// How a file relates to the code that ran.
enum FileMatch: Hashable {
  /// The file was made in the same build.
  case same
  /// Nothing is known that tells the builds apart; the sizes of functions must decide.
  case unknown
  /// The file is of another build, for this reason.
  case different(FileRefusal)

  init(_ file: ElfFile, module: String?, _ identities: SymbolIdentities) {
    if let wanted = identities.buildID(of: module), let own = file.buildID {
      self =
        own == wanted
        ? .same
        : .different(.otherBuild(file: own, running: wanted))
      return
    }
    if let module, let wanted = identities.sourceVersions[module], let own = file.sourceVersion,
      own != wanted
    {
      self = .different(.otherSource(file: own, running: wanted))
      return
    }
    self = .unknown
  }
}
