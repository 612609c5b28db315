import KmemAnalysis

/// The verdict on two moments as one or two sentences.
struct DiffVerdict {
  let growth: Growth

  init(_ growth: Growth) { self.growth = growth }

  var sentence: String { "Verdict: \(growth.verdict.conclusion.rawValue). \(reason)" }

  private var reason: String {
    switch growth.verdict.conclusion {
    case .notEnough: undecided
    case .stable:
      "Neither the kernel's memory nor anybody else's grew in sum by more than the noise of "
        + "\(Amount.short(growth.verdict.floor))\(span)."
    case .growing: growing
    case .userSpace:
      "Programs grew by \(Amount.short(sides[.userSpace]))\(span); kernel "
        + "memory did not grow by itself."
        + (programs.mostGrown(of: sides[.userSpace]).map { " \($0)" } ?? "")
    case .heldForUserSpace: held
    case .cache:
      "The kernel gives it back when programs need it: \(Amount.signed(sides[.cache])) of "
        + "cache\(span). No leak."
    }
  }

  private var sides: SideTotals { growth.verdict.sides }

  private var programs: DiffProcesses { DiffProcesses(growth: growth) }

  private var span: String { growth.seconds.map { " in \(Amount.duration($0))" } ?? "" }

  private var undecided: String {
    switch growth.kind {
    case .levels: "Growth is known within one boot only: compare two snapshots of the same boot."
    case .comparison: "Growth is known on one machine only: compare two snapshots of the same host."
    default: "A side has no meminfo: take both snapshots again."
    }
  }

  private var growing: String {
    let kernel = sides.unexplained
    let beside = besides(except: .growing)
    return "Kernel memory grew by \(Amount.short(kernel))\(span) that neither caches nor programs "
      + "explain" + (suspects.isEmpty ? "" : ", most of it in \(suspects)\(owner)") + "."
      + (beside.isEmpty ? "" : " Besides, \(beside).")
      + " Two snapshots show growth, never a leak: does it go on?"
  }

  private var held: String {
    let caches = growth.caches.elements.filter {
      $0.growth > sides[.heldForUserSpace] / 10 && $0.side == .heldForUserSpace
    }
    let classes = growth.classes.filter {
      $0.memoryClass.side == .heldForUserSpace
        && ($0.bytes.growth ?? 0) > sides[.heldForUserSpace] / 3
    }
    let names =
      caches.prefix(2).map { cache in
        "\(cache.name) \(Amount.signed(cache.growth)) (\(cache.meaning?.objects ?? ""))"
      } + classes.map { "\($0.memoryClass.title) \(Amount.signed($0.bytes.growth ?? 0))" }
    return
      "The kernel holds \(Amount.short(sides[.heldForUserSpace])) more\(span) for what programs "
      + "keep open, mapped or stored"
      + (names.isEmpty ? "" : ": \(names.joined(separator: ", "))")
      + "." + (programs.openFiles.map { " \($0)" } ?? "")
      + " Not a leak of the kernel: it goes when they are closed or removed."
      + (besides(except: .heldForUserSpace).isEmpty
        ? "" : " Besides, \(besides(except: .heldForUserSpace)).")
  }

  /// The kernel's memory that grows: the classes first, and in slab the caches.
  private var suspects: String {
    let classes = growth.classes.filter {
      $0.memoryClass.side.isSuspect && ($0.bytes.growth ?? 0) > growth.verdict.floor / 2
    }
    let worst = classes.sorted { ($0.bytes.growth ?? 0) > ($1.bytes.growth ?? 0) }.prefix(2)
    return worst.map { change in
      let name = change.memoryClass == .slabUnreclaimable ? cacheName : nil
      return name ?? change.memoryClass.title
    }.joined(separator: " and ")
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
    guard let found = growth.attributions.first(where: { $0.subject == subject }),
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

  /// The cache by name; a merged cache is a set of names, any of which may be the one that grows.
  private var cacheName: String? {
    growth.suspectCache.map { cache in
      let others = cache.aliases.prefix(3).map(TerminalText.safe).joined(separator: ", ")
      let more = cache.aliases.count > 3 ? " and \(cache.aliases.count - 3) more" : ""
      let merged = others.isEmpty ? "" : ", which is one with \(others)\(more)"
      return "slab cache \(TerminalText.safe(cache.name)) (\(Amount.signed(cache.growth)))\(merged)"
    }
  }

  /// The sides beside the named one that grew by more than noise.
  private func besides(except conclusion: Conclusion) -> String {
    let parts: [(side: MemorySide, words: String)] = [
      (.cache, "cache grew by"), (.userSpace, "programs by"),
      (.heldForUserSpace, "what is held for programs by"),
    ]
    return parts.filter {
      $0.side.conclusion != conclusion && sides[$0.side] > growth.verdict.floor
    }
    .map { "\($0.words) \(Amount.short(sides[$0.side]))" }.joined(separator: ", ")
  }
}
