/// Which slab caches' names stand in the files of which loaded modules: `kmemcheck/owners.json`.
///
/// Derived, not raw: only the captured machine has the files of its modules.
package struct ModuleNames: SideFile, Hashable {
  /// Where the file lies below the root.
  package static let path = "kmemcheck/owners.json"
  /// The form of the file that is written and read, with its version.
  package static let schema = "kmemcheck.owners/1"

  /// The form of the file, as it stands in the text.
  package var schema = ModuleNames.schema
  /// The modules whose files hold the name as a string of its own, by the cache's name.
  package var caches: [String: [String]]
  /// The files that were read, by module.
  package var files: [String: File]

  /// What was known of a module's file when it was read.
  package struct File: Codable, Hashable, Sendable {
    /// The module's file.
    package var path: String
    /// The build id of the loaded module, in hexadecimal.
    package var buildID: String?
    /// Why it wasn't read, where it wasn't.
    package var problem: String?

    /// A file that was read, or could not be.
    package init(path: String, buildID: String? = nil, problem: String? = nil) {
      self.path = path
      self.buildID = buildID
      self.problem = problem
    }
  }

  /// The names that were found, and the files that were searched.
  package init(caches: [String: [String]] = [:], files: [String: File] = [:]) {
    self.caches = caches
    self.files = files
  }
}
