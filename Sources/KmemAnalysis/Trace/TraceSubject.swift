import KmemParsers

/// What traced objects are taken from, by which they are compared with the kernel's books.
package enum TraceSubject: Hashable, Sendable {
  /// The caches of kmalloc whose objects have this size: an event doesn't tell which of them.
  case kmalloc(size: Int64)
  /// kmalloc of more than its largest cache holds: pages that are counted as unreclaimable slab, and in none of
  /// its caches (mm/slab_common.c, since 5.9).
  case largeKmalloc
  /// A slab cache of that name; nil where its name isn't known.
  case cache(String?)
  /// Pages that were asked for as such.
  case pages
  /// Memory that each processor has a copy of.
  case percpu

  init(_ sum: TraceRecord.Sum, largest: Int64) {
    switch sum.kind {
    case .kmalloc: self = sum.size > largest ? .largeKmalloc : .kmalloc(size: sum.size)
    case .cache: self = .cache(sum.cache)
    case .pages: self = .pages
    case .percpu: self = .percpu
    }
  }
}

extension TraceSubject {
  /// The book in which the kernel counts it, for which several subjects may stand.
  var book: String {
    switch self {
    case .kmalloc(let size): "kmalloc \(size)"
    case .cache(let name): "cache \(name ?? "")"
    case .largeKmalloc: "large kmalloc"
    case .pages: MemoryClass.unaccounted.rawValue
    case .percpu: MemoryClass.percpu.rawValue
    }
  }
}

/// What the kernel's own books gained of each subject while it was traced.
struct TraceBooks {
  private let books: [TraceRecord.Book]
  /// The size of the largest cache of kmalloc, in bytes.
  let largestKmalloc: Int64

  init(_ record: TraceRecord) {
    books = record.books
    largestKmalloc =
      record.books.compactMap { book -> Int64? in
        guard case .cache(let name, _, _) = book.subject else { return nil }
        return GenericCache.size(name)
      }.max() ?? 8192
  }

  /// Bytes that a subject gained; nil where the books don't tell.
  func growth(of subject: TraceSubject) -> Int64? {
    switch subject {
    case .kmalloc(let size): cacheGrowth { name, _ in GenericCache.size(name) == size }
    case .cache(let wanted?):
      cacheGrowth { name, aliases in name == wanted || aliases.contains(wanted) }
    case .cache(nil): nil
    case .largeKmalloc: growthBesideCaches
    case .pages: classGrowth(.unaccounted)
    case .percpu: classGrowth(.percpu)
    }
  }

  /// The book of a cache.
  func cache(_ wanted: String) -> TraceRecord.Book? {
    books.first { book in
      guard case .cache(let name, _, _) = book.subject else { return false }
      return name == wanted || book.aliases.contains(wanted)
    }
  }

  private func cacheGrowth(_ isMeant: (String, [String]) -> Bool) -> Int64? {
    var growth: Int64?
    for book in books {
      guard case .cache(let name, let size, _) = book.subject, isMeant(name, book.aliases) else {
        continue
      }
      growth = (growth ?? 0).plus((book.after.minus(book.before)).timesClamped(size))
    }
    return growth
  }

  /// What unreclaimable slab gained beside its caches: at least that much, as objects that a cache frees leave
  /// their slabs behind for a while.
  private var growthBesideCaches: Int64? {
    classGrowth(.slabUnreclaimable).map { growth in
      books.reduce(growth) { rest, book in
        guard case .cache(_, let size, let isReclaimable) = book.subject, isReclaimable != true
        else {
          return rest
        }
        return rest.minus(max(0, book.after.minus(book.before)).timesClamped(size))
      }
    }
  }

  private func classGrowth(_ memoryClass: MemoryClass) -> Int64? {
    books.first { $0.subject == .memoryClass(memoryClass.rawValue) }.map {
      $0.after.minus($0.before)
    }
  }
}
