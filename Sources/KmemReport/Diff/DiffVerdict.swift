import KmemAnalysis

/// The verdict on two moments as one or two sentences.
struct DiffVerdict {
  let growth: Growth

  init(_ growth: Growth) { self.growth = growth }

  var sentence: String { "Verdict: \(growth.verdict.word.rawValue). \(reason)" }

  private var reason: String {
    switch growth.verdict.word {
    case .undecided: undecided
    case .stable:
      "No class grew by more than the noise of \(Amount.short(growth.verdict.floor))\(span)."
    case .growing: growing
    case .userSpace:
      "Programs and their shared memory grew by \(Amount.short(growth.verdict.user))\(span); kernel "
        + "memory did not grow by itself."
        + (programs.grower(of: growth.verdict.user).map { " \($0)" } ?? "")
    case .heldForUserSpace: held
    case .cache:
      "The kernel gives it back when programs need it: \(Amount.signed(growth.verdict.cache)) of "
        + "cache\(span). No leak."
    }
  }

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
    let kernel = growth.verdict.kernel.plus(growth.verdict.unaccounted)
    let beside = besides(except: .growing)
    return "Kernel memory grew by \(Amount.short(kernel))\(span) that neither caches nor programs "
      + "explain" + (suspects.isEmpty ? "" : ", most of it in \(suspects)\(owner)") + "."
      + (beside.isEmpty ? "" : " Besides, \(beside).")
      + " Two snapshots show growth, never a leak: does it go on?"
  }

  private var held: String {
    let caches = growth.caches.elements.filter {
      $0.growth > growth.verdict.heldForUser / 10 && $0.isReclaimable != true
        && $0.meaning?.holder == .userSpace
    }
    let classes = growth.classes.filter {
      [.pageTables, .kernelStacks].contains($0.memoryClass)
        && ($0.bytes.growth ?? 0) > growth.verdict.heldForUser / 3
    }
    let names =
      caches.prefix(2).map { cache in
        "\(cache.name) \(Amount.signed(cache.growth)) (\(cache.meaning?.objects ?? ""))"
      } + classes.map { "\($0.memoryClass.title) \(Amount.signed($0.bytes.growth ?? 0))" }
    return
      "The kernel holds \(Amount.short(growth.verdict.heldForUser)) more\(span) for what programs "
      + "keep open, mapped or stored"
      + (names.isEmpty ? "" : ": \(names.joined(separator: ", "))")
      + "." + (programs.openFiles.map { " \($0)" } ?? "")
      + " Not a leak of the kernel: it goes when they are closed or removed."
      + (besides(except: .heldForUserSpace).isEmpty
        ? "" : " Besides, \(besides(except: .heldForUserSpace)).")
  }

  /// The kernel's growers: the classes first, and in slab the caches.
  private var suspects: String {
    let classes = growth.classes.filter {
      ($0.memoryClass.side == .kernel || $0.memoryClass == .unaccounted)
        && $0.memoryClass != .instrumentation && ($0.bytes.growth ?? 0) > growth.verdict.floor / 2
    }
    let worst = classes.sorted { ($0.bytes.growth ?? 0) > ($1.bytes.growth ?? 0) }.prefix(2)
    return worst.map { change in
      let name = change.memoryClass == .slabUnreclaimable ? cacheName : nil
      return name ?? change.memoryClass.title
    }.joined(separator: " and ")
  }

  /// Who asked for it, where a source names them exactly: a line of source, else a vmalloc caller.
  private var owner: String {
    switch growth.exactOwner {
    case .line(let tag)?: return ", allocated by \(TagWords.words(tag))"
    case .caller(let caller)?:
      return ", asked for by \(caller.caller)\(caller.module.map { " [\($0)]" } ?? "")"
    case nil: return attributed
    }
  }

  /// Who it is by other evidence, with a word of doubt where it is inferred.
  private var attributed: String {
    guard let suspect = growth.suspectClass else { return "" }
    let cache = suspect.memoryClass == .slabUnreclaimable ? growth.suspectCache : nil
    let subject =
      cache.map { Attribution.Subject.cache($0.name) } ?? .memoryClass(suspect.memoryClass)
    guard let found = growth.attributions.first(where: { $0.subject == subject }),
      let best = found.best
    else { return "" }
    switch best.confidence {
    case .exact:
      // Vectors beside per-CPU memory are asked for by its allocator, on behalf of someone else.
      guard (best.growth ?? 0) > found.growth / 3, best.owner.function?.hasPrefix("pcpu_") != true
      else { return "" }
      return ", allocated by \(OwnerWords.line(best))"
    case .likely:
      return ", probably of \(OwnerWords.owner(best.owner)) (\(OwnerWords.grounds(best)))"
    case .possible: return ", of \(OwnerWords.set(found.candidates)) (\(OwnerWords.grounds(best)))"
    }
  }

  /// The cache by name; one that is merged is a set of names, any of which may be the one.
  private var cacheName: String? {
    growth.suspectCache.map { cache in
      let others = cache.aliases.prefix(3).map(Display.safe).joined(separator: ", ")
      let more = cache.aliases.count > 3 ? " and \(cache.aliases.count - 3) more" : ""
      let merged = others.isEmpty ? "" : ", which is one with \(others)\(more)"
      return "slab cache \(Display.safe(cache.name)) (\(Amount.signed(cache.growth)))\(merged)"
    }
  }

  /// What else grew by more than noise.
  private func besides(except word: GrowthVerdict.Word) -> String {
    let verdict = growth.verdict
    let parts: [(GrowthVerdict.Word, Int64, String)] = [
      (.cache, verdict.cache, "cache grew by"), (.userSpace, verdict.user, "programs by"),
      (.heldForUserSpace, verdict.heldForUser, "what is held for programs by"),
    ]
    return parts.filter { $0.0 != word && $0.1 > verdict.floor }
      .map { "\($0.2) \(Amount.short($0.1))" }.joined(separator: ", ")
  }
}
