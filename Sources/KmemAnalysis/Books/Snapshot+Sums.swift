import KmemParsers
package import KmemSnapshot

extension Snapshot {
  /// Whether a tool's text stands for meminfo.
  package var isMeminfoOfTool: Bool { standIns.contains { $0.file == Meminfo.file } }

  /// Whether the lines that tell who holds memory are missing of meminfo, or a tool leaves them out: what
  /// is in no class then is mostly programs' and nobody's loss.
  package var tellsSumsOnly: Bool {
    guard report == nil, let meminfo = meminfo.value else { return false }
    let telling: [Meminfo.Key] = [.anonPages, .sUnreclaim, .slab]
    guard telling.allSatisfy({ meminfo[$0] == nil }) else { return false }
    return isMeminfoOfTool || meminfoCompleteness.lacks([.anonPages])
  }
}
