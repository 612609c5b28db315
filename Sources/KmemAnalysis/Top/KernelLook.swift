package import KmemSnapshot

/// One look at the kernel's memory, with all that a table of it needs, computed once.
///
/// Every table that is redrawn is compared with the first look.
package struct KernelLook: Sendable {
  let model: MemoryModel
  let holders: KernelHolders

  /// Computes what is held, and who holds it.
  package init(_ snapshot: Snapshot) {
    model = MemoryModel(snapshot)
    holders = KernelHolders(model)
  }
}
