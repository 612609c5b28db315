internal import KmemParsers
package import KmemSnapshot

extension Store {
  /// What the captures of one boot tell of modules, the newest 32: their lists and build ids.
  ///
  /// A capture that can't be read is passed over: its list is one of several.
  package func moduleLists(ofBoot boot: String) -> [Capture] {
    list().filter { $0.manifest?.bootID == boot && $0.manifest?.isRedacted != true }.prefix(32)
      .compactMap { try? ArchiveTree($0.path).capture().modulesOnly }
  }
}

/// The record of where modules lay during the running boot.
package enum ModuleRecordFile {
  /// Where the record of a boot lies; it's gone with the boot.
  package static func path(ofBoot boot: String) -> String {
    "/run/kmemcheck/modules-\(boot.prefix(8)).txt"
  }

  /// Writes the record of a boot, whole or not at all; a record that can't be written is lost.
  package static func write(_ text: String, ofBoot boot: String) {
    BootFile.write(Array(text.utf8), to: path(ofBoot: boot))
  }

  /// The record of a boot, if there is one.
  package static func contents(ofBoot boot: String) -> [UInt8]? {
    BootFile.contents(path(ofBoot: boot))
  }
}

extension Capture {
  /// The capture without all that tells nothing of modules, of the moment or of the clock.
  var modulesOnly: Capture {
    var capture = self
    capture.links = [:]
    capture.remarks = []
    capture.sources = sources.filter { path, _ in
      path.hasPrefix(ModuleDirectory.root)
        || [Modules.path, KernelFile.uptime.path, KernelFile.bootID.path].contains(path)
    }
    return capture
  }
}
