import KmemParsers
import KmemSnapshot

extension FindingRules {
  /// What slab caches tell: what the objects are first, then that there are many.
  var slabFindings: [Finding] {
    let dead = deadObjects
    let packets = NetworkPackets(slab?.caches ?? [])
    let named = dead.flatMap(\.caches) + (packets?.caches ?? []).map(\.name)
    let lockstep = lockstep.flatMap { group in
      group.caches.contains { named.contains($0.name) } ? nil : group
    }
    let specific =
      dead
      + [packets.map { Finding(.warning, .packets($0)) }].compactMap { $0 }
      + [lockstep.map { Finding(.warning, .lockstep($0)) }].compactMap { $0 }
    if let slabShare { return specific + [slabShare] }
    let known = Set(specific.flatMap(\.caches))
    return specific + [largeCache].compactMap { $0 }.filter { known.isDisjoint(with: $0.caches) }
  }

  /// Unreclaimable slab of 10 % of memory, of 15 % where memory is less than 512 MiB (three of three
  /// small routers in good health have 11 to 13 %), or of 5 % and 1 GiB.
  ///
  /// `SUnreclaim` of meminfo less kmemleak's records; `Slab` less the caches that slabinfo tells to be
  /// reclaimable where an old kernel (up to 2.6.18) prints no more.
  var slabShare: Finding? {
    guard let share = share(unreclaimable), let total = books?.total else { return nil }
    let isMuch =
      share.part >= (total < 512 << 20 ? 0.15 : 0.1)
      || (share.bytes >= Self.largeSlab && total <= share.bytes.timesClamped(20))
    guard isMuch else { return nil }
    let largest = unreclaimableCaches.first { $0.side != .debugging }
    return Finding(.warning, .unreclaimableSlab(share, largest: largest.map(suspect)))
  }

  /// From so many bytes of unreclaimable slab on, 5 % of memory is much.
  static let largeSlab: Int64 = 1 << 30

  /// One cache with more than half of all slab memory, and 100 MiB or more, that isn't given back.
  ///
  /// slabinfo alone tells it. It is a note where programs or debugging hold it, and where it is less
  /// than 1 % of memory.
  private var largeCache: Finding? {
    guard let slab, let largest = unreclaimableCaches.first,
      largest.bytes >= 100 << 20, largest.bytes > slab.bytes / 2
    else { return nil }
    let part = Double(largest.bytes) / Double(slab.bytes)
    let isSmall = largest.bytes < (books?.total ?? 0) / 100
    return Finding(
      largest.side == .kernel && !isSmall ? .warning : .note,
      .largeCache(suspect(largest), part: part, ofListed: isListPartial))
  }

  /// Whether caches are missing of the list, and nothing tells what all have.
  private var isListPartial: Bool {
    snapshot.slabinfo.value?.excerpt?.total == nil
      && SourceGap.all(snapshot).contains { $0.path == Slabinfo.path }
  }

  /// Caches in lockstep that hold 1 % of memory or more; without books, 100 MiB or more.
  private var lockstep: Lockstep? {
    guard let slab,
      let found = Lockstep(
        slab.caches, suspects: unreclaimableCaches, counts: snapshot.counts),
      found.bytes >= (books?.total).map({ $0 / 100 }) ?? 100 << 20
    else { return nil }
    return found
  }

  /// The caches that aren't given back, the largest first.
  ///
  /// Which are reclaimable is in sysfs; where it isn't known, the name tells, and that no cache is
  /// larger than what meminfo has as unreclaimable (by a tenth, as the files are read one after the
  /// other).
  var unreclaimableCaches: [SlabUsage.Cache] {
    let most = snapshot.containerMeminfo == nil ? printedUnreclaimable : nil
    return (slab?.caches ?? []).filter {
      guard $0.isReclaimable != true, $0.side != .cache else { return false }
      // kmalloc's caches are never reclaimable: where they are larger, the files disagree.
      guard $0.isReclaimable == nil, !GenericCache.isGeneric($0.name), let most else { return true }
      return $0.bytes <= most.plus(most / 10).plus(16 << 20)
    }
  }

  /// Bytes of slab that aren't given back; nothing where nothing tells it.
  var unreclaimable: Int64? {
    guard let meminfo = snapshot.meminfo.value, snapshot.containerMeminfo == nil else { return nil }
    if meminfo[.sUnreclaim] != nil { return books?[.slabUnreclaimable]?.bytes }
    guard let all = meminfo[.slab]?.bytes else { return nil }
    if let reclaimable = meminfo[.sReclaimable]?.bytes { return all.minus(reclaimable) }
    guard let slab else { return nil }
    let given = slab.caches.filter { $0.isReclaimable == true || $0.side == .debugging }
    return all.minus(given.sum(\.bytes))
  }

  private var printedUnreclaimable: Int64? { snapshot.meminfo.value?[.sUnreclaim]?.bytes }

  /// The cache as a suspect: with its companions, and its owner where one is likely.
  private func suspect(_ cache: SlabUsage.Cache) -> CacheSuspect {
    let companions = unreclaimableCaches.filter {
      $0.name != cache.name && $0.side == .kernel && $0.hasAsManyObjects(as: cache)
    }
    return CacheSuspect(
      cache: cache, companions: cache.side == .kernel ? companions : [],
      owner: owners[cache.name]?.first { $0.confidence > .possible })
  }
}

extension Finding {
  /// The names of the slab caches that the finding is about.
  var caches: [String] {
    switch kind {
    case .dead(let dead): (dead.caches + dead.companions).map(\.name)
    case .packets(let packets): packets.caches.map(\.name)
    case .lockstep(let lockstep): lockstep.caches.map(\.name)
    case .largeCache(let suspect, _, _): [suspect.cache.name]
    default: []
    }
  }
}
