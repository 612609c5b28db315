import KmemParsers

/// The LRU lists of meminfo: the amounts that are printed, and those that are missing.
struct LRULists {
  /// The lines that the sum is made of.
  let lines: [Meminfo.Key]
  /// The lines that this kernel must have and the file hasn't.
  let missing: [Meminfo.Key]
  /// Whether no line is younger than 2.6.28.
  let isOld: Bool
  /// The sum of the lines in bytes; nothing where one of them is no amount.
  let bytes: Int64?

  /// Active and Inactive, or their parts, and what can't be reclaimed.
  ///
  /// Each needs both of its parts. Unevictable is printed since 2.6.28; a file that has any line as
  /// young as that must have it.
  init(_ meminfo: Meminfo) {
    let lists: [(whole: Meminfo.Key, parts: [Meminfo.Key])] = [
      (.active, [.activeAnon, .activeFile]), (.inactive, [.inactiveAnon, .inactiveFile]),
    ]
    isOld = !Self.young.contains { meminfo[$0] != nil }
    var lines: [Meminfo.Key] = []
    var missing: [Meminfo.Key] = []
    for list in lists {
      if meminfo[list.whole] != nil {
        lines.append(list.whole)
      } else if list.parts.allSatisfy({ meminfo[$0] != nil }) {
        lines += list.parts
      } else {
        missing.append(list.whole)
      }
    }
    if meminfo[.unevictable] != nil {
      lines.append(.unevictable)
    } else if !isOld {
      missing.append(.unevictable)
    }
    self.lines = lines
    self.missing = missing
    let amounts = lines.map { meminfo[$0]?.bytes }
    bytes = amounts.reduce(Optional(Int64(0))) { sum, amount in
      guard let sum, let amount else { return nil }
      return sum.plus(amount)
    }
  }

  /// Lines that came with Unevictable or later.
  private static let young: [Meminfo.Key] = [
    .activeAnon, .inactiveAnon, .activeFile, .inactiveFile, .shmem, .kernelStack, .memAvailable,
    .kReclaimable, .percpu, .hugetlb,
  ]
}
