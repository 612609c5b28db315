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
