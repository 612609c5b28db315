internal import KmemParsers

/// The build ids of the captured kernel and of its modules, and when the modules were loaded.
package struct BuildIdentities: Hashable, Sendable {
  /// The kernel's build id, from `/sys/kernel/notes`.
  package var kernel: String?
  /// Build ids of loaded modules by name.
  package var modules: [String: String] = [:]
  /// `srcversion` of loaded modules by name: a checksum of the source (CONFIG_MODULE_SRCVERSION_ALL).
  package var sourceVersions: [String: String] = [:]
  /// Seconds since boot at which loaded modules were there at the latest, by name.
  package var loadTimes: [String: Double] = [:]

  /// Nothing is known of any build.
  package init() {}

  /// Collects what the capture holds, and what is known of module files.
  init(_ capture: Capture, _ facts: ModuleFacts?) {
    let notes = capture[ElfNotes.path].bytes
    kernel = ElfNotes(parsing: notes.span).buildID
    loadTimes = facts?.modules.compactMapValues(\.loadedBy) ?? [:]
    for (path, reading) in capture.sources
    where path.hasPrefix(ModuleDirectory.root) && reading.outcome == .read {
      let parts = path.split(separator: "/")
      let name = String(parts[2])
      if path.hasSuffix(ModuleDirectory.buildID) {
        let bytes = reading.bytes
        modules[name] = ElfNotes(parsing: bytes.span).buildID
      } else if parts.count == 4, parts[3] == "srcversion" {
        let text = String(decoding: reading.bytes.prefix { $0 > 0x20 }, as: UTF8.self)
        if !text.isEmpty { sourceVersions[name] = text }
      }
    }
  }
}
