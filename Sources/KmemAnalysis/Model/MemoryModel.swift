import KmemParsers
package import KmemSnapshot
import Synchronization

/// What is computed of a snapshot and asked for in several places: each thing once, and shared.
///
/// Growth, health, holders, samples and tables take models, so that no one of them balances the books
/// or sums the caches of a snapshot again.
package final class MemoryModel: Sendable {
  /// The records that all of it is computed from.
  package let snapshot: Snapshot
  /// Every byte of MemTotal in one class; nothing where meminfo has no MemTotal.
  package let books: Books?
  /// The classes that meminfo tells: those of the books, or without a MemTotal all but what is in no
  /// class.
  package let classes: [Books.Line]
  /// The slab caches by size; nothing where slabinfo wasn't read.
  package let slab: SlabUsage?
  /// What each caller of vmalloc holds, or why vmallocinfo is missing.
  package let callers: Reading<VmallocCallers>
  /// What new programs can have without swapping; nothing where meminfo doesn't tell it.
  package let availability: Availability?
  /// What `sites` is once it was asked for: there are thousands of lines, and not all who take a model
  /// want them.
  private let knownSites = Mutex<Reading<AllocationSums>?>(nil)

  /// Computes all but `sites`.
  package init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    books = Books(snapshot)
    classes = books?.lines ?? Books.classes(snapshot)
    slab = SlabUsage(snapshot)
    let pageSize = snapshot.host.pageSize.bytes
    callers = snapshot.vmallocinfo.map { $0.callers(pageSize: pageSize) }
    availability = Availability(snapshot)
  }

  /// What each line of source holds, or why allocinfo is missing; computed when it is first asked for.
  package var sites: Reading<AllocationSums> {
    knownSites.withLock { known in
      if let known { return known }
      let sites = snapshot.allocinfo.map(AllocationSums.init)
      known = sites
      return sites
    }
  }

  /// Bytes of a page.
  var pageSize: Int64 { Int64(snapshot.host.pageSize.bytes) }
}

extension Snapshot {
  /// A line of meminfo in bytes; nothing where it isn't printed.
  func meminfoBytes(_ name: String) -> Int64? { meminfo.value?[name]?.bytes }

  /// Swap in use, in bytes; nothing where meminfo doesn't tell.
  var swapUsed: Int64? {
    guard let total = meminfoBytes("SwapTotal"), let free = meminfoBytes("SwapFree") else {
      return nil
    }
    return max(0, total.minus(free))
  }
}
