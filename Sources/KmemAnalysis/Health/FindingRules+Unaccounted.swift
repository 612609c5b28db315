import KmemParsers
import KmemSnapshot

extension FindingRules {
  /// A tenth of memory that no class explains is more than the kernel's own image and maps.
  ///
  /// What a balloon has is explained where MemTotal still counts it.
  var unaccounted: Finding? {
    guard let books, let rest = books[.unaccounted]?.bytes, snapshot.containerMeminfo == nil,
      let share = share(rest.minus(explained)), let least = self.share(rest.plus(books.excess))
    else { return nil }
    if least.part < -0.01 { return Finding(.note, .countedTwice(-least.bytes)) }
    guard share.part >= 0.1, !books.isOfSums else { return nil }
    let suspects = UnaccountedSuspects(snapshot, books, balloon: balloon)
    // What isn't counted can't be missed: no one is accused.
    return suspects.isCut
      ? Finding(.note, .incomplete(share, suspects))
      : Finding(.warning, .unaccounted(share, suspects))
  }

  /// Pages on the LRU lists that are neither anonymous, nor a file's, nor swap's: a tenth of memory.
  ///
  /// AnonPages counts mapped pages; what is left when nobody maps them any more is freed, unless a
  /// reference to it was lost. Kernels before 2.6.18 don't print AnonPages.
  var strayPages: Finding? {
    guard let meminfo = snapshot.meminfo.value, meminfo[.anonPages] != nil,
      let swapped = meminfo[.swapCached]?.bytes, snapshot.containerMeminfo == nil,
      let share = share(books?[.lruInTransit]?.bytes?.minus(swapped)), share.part >= 0.1
    else { return nil }
    return Finding(.warning, .strayPages(share))
  }

  /// The guest's balloon.
  private var balloon: Balloon? { Balloon(snapshot) }

  /// The bytes in no class that a balloon has.
  private var explained: Int64 {
    guard let balloon, balloon.isInMemTotal == true else { return 0 }
    return balloon.bytes ?? 0
  }

  /// The host has 5 % of memory or more: of MemTotal, or of what it was before.
  var balloonNote: Finding? {
    guard let balloon, let bytes = balloon.bytes, bytes > 0, let books,
      snapshot.containerMeminfo == nil
    else { return nil }
    let whole = balloon.isInMemTotal == false ? books.total.plus(bytes) : books.total
    guard Double(bytes) >= Double(whole) * 0.05 else { return nil }
    return Finding(.note, .balloon(balloon, bytes: bytes))
  }
}
