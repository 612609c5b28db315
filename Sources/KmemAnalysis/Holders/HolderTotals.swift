/// Kernel memory by holder at one moment, or its growth between two; and what has no holder.
package struct HolderTotals: Hashable, Sendable {
  /// What one holder holds, or gained.
  package struct Row: Hashable, Sendable {
    /// A module, or a part of the kernel.
    package let holder: KernelHolders.Holder
    /// Bytes by how they are held.
    package let columns: [KernelHolders.Column: Int64]
    /// Whether a part rests on names, not on what the kernel counted.
    package let isInferred: Bool

    /// Bytes in all columns together.
    package var total: Int64 { columns.values.sum { $0 } }
  }

  /// The holders, the largest total first.
  package let rows: [Row]
  /// What the books have beyond all holders; below zero, holders' lines count more than the books.
  package let rest: [KernelHolders.Column: Int64]

  /// What each holds at that moment.
  package init(_ held: KernelHolders) {
    self.init(held.amounts, inferred: held.inferred, books: held.books)
  }

  /// What each gained from the first moment to the second.
  package init(from old: KernelHolders, to new: KernelHolders) {
    self.init(
      new.amounts.merging(old.amounts.mapValues { Int64(0).minus($0) }) { $0.plus($1) },
      inferred: old.inferred.union(new.inferred),
      books: new.books.merging(old.books.mapValues { Int64(0).minus($0) }) { $0.plus($1) })
  }

  private init(
    _ amounts: [KernelHolders.Key: Int64], inferred: Set<KernelHolders.Holder>,
    books: [KernelHolders.Column: Int64]
  ) {
    var columns: [KernelHolders.Holder: [KernelHolders.Column: Int64]] = [:]
    for (key, bytes) in amounts where bytes != 0 {
      columns[key.holder, default: [:]][key.column] = bytes
    }
    rows = columns.map { holder, columns in
      Row(holder: holder, columns: columns, isInferred: inferred.contains(holder))
    }.sorted { $0.total == $1.total ? $0.holder < $1.holder : $0.total > $1.total }
    var rest = books
    for row in rows {
      for (column, bytes) in row.columns {
        // A module's text and data are vmalloc memory in the books.
        let column = column == .own ? .vmalloc : column
        rest[column] = rest[column].map { $0.minus(bytes) }
      }
    }
    self.rest = rest
  }
}
