/// What the user wants in a capture beyond what is always in it.
package struct CaptureOptions: Sendable {
  /// The version of kmemcheck, for the manifest.
  package var tool: String
  package var label: String?
  /// Whether sources that cost the machine something are read too, such as pagetypeinfo.
  package var readsCostly: Bool
  /// Whether `.modinfo` of every loaded module is read, not only of those that taint the kernel.
  package var readsAllModuleFiles: Bool
  package var limits: ContainerLimits
  /// How much is read of the processes of a live machine; nothing leaves them out.
  package var processes: ProcessBudget?

  package init(
    tool: String = "0", label: String? = nil, readsCostly: Bool = false,
    readsAllModuleFiles: Bool = false, limits: ContainerLimits = ContainerLimits(),
    processes: ProcessBudget? = nil
  ) {
    self.tool = tool
    self.label = label
    self.readsCostly = readsCostly
    self.readsAllModuleFiles = readsAllModuleFiles
    self.limits = limits
    self.processes = processes
  }
}

/// How much is taken from a tree or an archive that may come from a stranger.
package struct ContainerLimits: Hashable, Sendable {
  /// The most bytes kept of one file.
  package var fileBytes = 256 << 20
  /// The most bytes kept of all files.
  package var totalBytes = 1 << 30
  package var entries = 1_000_000
  /// How many archives may lie within each other.
  package var nesting = 2
  /// The most bytes unpacked, kept or not.
  package var unpackedBytes = 64 << 30
  /// How many times larger than the archive its contents may be, beyond the first 256 MiB.
  package var ratio = 1000
  /// How many folders below the given one a root is looked for.
  package var depth = 8

  package init() {}
}
