/// The report of kmemleak: objects that the kernel allocated and that nothing seems to point to.
///
/// Printed by `mm/kmemleak.c` (2.6.31) with CONFIG_DEBUG_KMEMLEAK, where debugfs is mounted. Readable
/// and writable by root only: commands are written to the same file. `KmemleakReader` parses it.
package enum KmemleakFile: DeclaredFile {
  /// The report's declaration.
  package static let file = KernelFile(
    "sys/kernel/debug/kmemleak", title: "a kmemleak report", nameWord: "kmemleak",
    marks: [TextMark(.anywhere, within: "unreferenced object")], secrets: .stacks,
    cost: .blocking, limit: 1 << 30)
}
