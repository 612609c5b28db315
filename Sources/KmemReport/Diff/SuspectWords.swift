import KmemAnalysis

/// Where growth of the kernel's own lies and who asked for it, as ends of sentences.
struct SuspectWords {
  let report: DiffReport

  init(_ report: DiffReport) { self.report = report }

  private var growth: Growth { report.growth }
  private var sides: SideTotals { growth.verdict.sides }

  /// `, most of it in slab cache kmalloc-2k (+8.0 MiB), allocated by …`; empty where no class tells.
  var kernel: String {
    let owner = growth.suspectClass?.memoryClass.side == .unaccounted ? "" : owner
    let classes = growth.classes.filter {
      $0.memoryClass.side == .kernel && ($0.bytes.growth ?? 0) > growth.verdict.floor / 2
    }.sorted { ($0.bytes.growth ?? 0) > ($1.bytes.growth ?? 0) }.prefix(2)
    guard !classes.isEmpty else {
      return caches.map { ", \(share(of: $0.growth)) in \($0.words)\(owner)" } ?? ""
    }
    var named: Int64 = 0
    let names = classes.map { change in
      let isSlab = change.memoryClass == .slabUnreclaimable
      let cache = isSlab ? caches : nil
      named = named.plus(cache?.growth ?? change.bytes.growth ?? 0)
      return cache?.words ?? Self.title(change.memoryClass) + (isSlab ? unknownCaches : "")
    }
    return ", \(share(of: named)) in \(names.joined(separator: " and "))\(owner)"
  }

  /// Who took the pages in no class, and what else they may be.
  var unaccounted: String {
    let owner = growth.suspectClass?.memoryClass.side == .unaccounted ? owner : ""
    // A class that neither moment tells is a part of what is in no class.
    let hidden = growth.classes.filter {
      $0.memoryClass.side.isSuspect && $0.bytes == BeforeAfter(nil, nil)
    }.map { Self.title($0.memoryClass) }
    return owner
      + (hidden.isEmpty ? "" : " (or \(GapWords.list(hidden)), unknown on both sides)")
  }

  /// The class in the middle of a sentence.
  static func title(_ memoryClass: MemoryClass) -> String {
    switch memoryClass {
    case .slabUnreclaimable: "unreclaimable slab"
    case .slabReclaimable: "reclaimable slab"
    default: memoryClass.title
    }
  }

  private func share(of part: Int64) -> String {
    part >= sides[.kernel] / 2 ? "most of it" : "the largest part of it"
  }

  private var unknownCaches: String {
    growth.caches.missing.map { " (in which caches isn't known: slabinfo is \($0.words))" } ?? ""
  }

  /// The owner, where a source names it exactly: a line of source, else a vmalloc caller.
  private var owner: String {
    switch growth.exactOwner {
    case .line(let tag)?: return ", allocated by \(TagWords.words(tag))"
    case .caller(let caller)?:
      return ", asked for by \(caller.title)"
    case nil: return attributed
    }
  }

  /// The owner by other evidence, with a word of doubt where it is inferred.
  private var attributed: String {
    guard let suspect = growth.suspectClass else { return "" }
    let cache = suspect.memoryClass == .slabUnreclaimable ? growth.suspectCache : nil
    let subject =
      cache.map { SeriesID.slabCache($0.name) } ?? .memoryClass(suspect.memoryClass)
    guard let found = report.attributions.first(where: { $0.subject == subject }),
      let best = found.best
    else { return "" }
    switch best.confidence {
    case .exact:
      // Vectors beside per-CPU memory are allocated by the per-CPU allocator, on behalf of another
      // owner.
      guard (best.growth ?? 0) > found.growth / 3, !best.owner.isPercpuAllocator
      else { return "" }
      return ", allocated by \(OwnerFormat.line(best))"
    case .likely:
      return ", probably of \(OwnerFormat.owner(best.owner)) (\(OwnerFormat.grounds(best)))"
    case .possible:
      return ", of \(OwnerFormat.set(found.candidates)) (\(OwnerFormat.grounds(best)))"
    }
  }
}

extension SuspectWords {
  /// The cache that grew most, and a second one that gained as many objects: parts of one thing.
  ///
  /// Nothing where the cache is a small part of what the kernel gained.
  private var caches: (words: String, growth: Int64)? {
    guard let first = growth.suspectCache, first.growth >= sides[.kernel] / 4 else { return nil }
    guard let second = companion(of: first) else { return (name(first), first.growth) }
    let names = [first, second].map { cache in
      "\(TerminalText.safe(cache.name)) (\(Amount.signed(cache.growth)), "
        + "\(Amount.signedCount(cache.objects.growthIfAbsentIsZero)) objects)"
    }
    return ("slab caches \(names.joined(separator: " and "))", first.growth.plus(second.growth))
  }

  /// A cache of the kernel's own that gained the same number of objects, to a fiftieth; at least 1,000,
  /// as small numbers are alike by chance.
  private func companion(of first: CacheChange) -> CacheChange? {
    let objects = first.objects.growthIfAbsentIsZero
    guard objects >= 1000, first.aliases.isEmpty else { return nil }
    return growth.caches.elements.first { other in
      other != first && other.side == .kernel && other.aliases.isEmpty
        && other.objects.growthIfAbsentIsZero.minus(objects).magnitude
          <= UInt64(objects) / 50
    }
  }

  /// The cache by name; a merged cache is a set of names, any of which may be the one that grows.
  private func name(_ cache: CacheChange) -> String {
    let others = cache.aliases.prefix(3).map(TerminalText.safe).joined(separator: ", ")
    let more = cache.aliases.count > 3 ? " and \(cache.aliases.count - 3) more" : ""
    let merged = others.isEmpty ? "" : ", which is one with \(others)\(more)"
    return "slab cache \(TerminalText.safe(cache.name)) (\(Amount.signed(cache.growth)))\(merged)"
  }
}
