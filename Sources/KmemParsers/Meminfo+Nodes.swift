extension Meminfo {
  /// The sums over the meminfo files of several nodes; nothing for no node.
  ///
  /// `/sys/devices/system/node/node*/meminfo` (`drivers/base/node.c`) has most lines of
  /// `/proc/meminfo`, and `FilePages` where that has `Cached`, `Buffers` and `SwapCached`. A line
  /// that a node doesn't have, or whose sum no 64-bit number holds, is left out.
  package init?(nodes: [Meminfo]) {
    guard let first = nodes.first else { return nil }
    let sums = first.entries.compactMap { entry -> Entry? in
      var sum: UInt64 = 0
      for node in nodes {
        guard let other = node[entry.name], other.isKilobytes == entry.isKilobytes else {
          return nil
        }
        let (next, overflow) = sum.addingReportingOverflow(other.value)
        guard !overflow else { return nil }
        sum = next
      }
      return Entry(name: entry.name, value: sum, isKilobytes: entry.isKilobytes)
    }
    self.init(entries: sums, remarks: nodes.flatMap(\.remarks))
  }
}
