/// What the module files of the captured machine say about its loaded modules: `kmemcheck/modules.json`.
///
/// Derived, not raw: libkmod reads it from `/lib/modules/<release>`, which a capture doesn't hold.
package struct ModuleFacts: SideFile, Hashable {
  /// Where the file lies below the root.
  package static let path = "kmemcheck/modules.json"
  /// The form of the file that is written and read, with its version.
  package static let schema = "kmemcheck.modules/1"

  /// The form of the file, as it stands in the text.
  package var schema = ModuleFacts.schema
  /// The loaded modules by name, as `/proc/modules` spells it.
  package var modules: [String: Module]

  /// The facts about one loaded module.
  package struct Module: Codable, Hashable, Sendable {
    /// The file that the module would be loaded from now; it may have been replaced since the
    /// module was loaded.
    package var path: String?
    /// The names of the modules it needs.
    package var dependencies: [String]
    /// The fields of `.modinfo`, each in its order; nothing where the file was not read.
    package var information: [String: [String]]?
    /// Seconds since boot at which it was loaded at the latest, as its directory in `/sys/module` was
    /// looked at then.
    package var loadedBy: Double?

    /// What is known of one module.
    package init(
      path: String? = nil, dependencies: [String] = [], information: [String: [String]]? = nil,
      loadedBy: Double? = nil
    ) {
      self.path = path
      self.dependencies = dependencies
      self.information = information
      self.loadedBy = loadedBy
    }
  }

  /// The facts about those modules.
  package init(modules: [String: Module] = [:]) { self.modules = modules }
}
