/// What the user wants in a capture beyond what is always in it.
package struct CaptureOptions: Sendable {
  /// The version of kmemcheck, for the manifest.
  package var tool: String
  /// The label that the user gives the capture.
  package var label: String?
  /// Whether sources that cost the machine something are read too, such as pagetypeinfo.
  package var readsCostly: Bool
  /// Whether `.modinfo` of every loaded module is read, not only of those that taint the kernel.
  package var readsAllModuleFiles: Bool
  /// How much is taken from a tree or an archive.
  package var limits: ContainerLimits
  /// How much is read of the processes of a live machine; nothing leaves them out.
  package var processes: ProcessBudget?

  /// Options of which those that are left out ask for nothing.
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
