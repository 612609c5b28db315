import KmemAnalysis

/// Rates, words and times of watched amounts as a person reads them.
enum WatchFormat {
  /// A rate by the hour: `42.2 MiB/h`; for counts `120/h`.
  static func hourly(_ row: WatchRow, _ rate: Double) -> String {
    guard abs(rate) < 1e15 else { return "?" }
    return row.unit.isBytes
      ? "\(Amount.short(Int64((rate * 3600).rounded())))/h"
      : "\(Amount.count(Int64((rate * 3600).rounded())))/h"
  }

  /// The series and its verb: `process 812 leaky grows`, `open files of process 812 leaky grow`; with
  /// "probably" where only what it's part of surely grows.
  static func grows(_ row: WatchRow) -> String {
    "\(row.id.title) \(row.isOpen ? "probably " : "")\(row.id.isPlural ? "grow" : "grows")"
  }

  /// The 95 % interval of the rate, `41.0 MiB/h to 43.5 MiB/h`; nil where both ends read alike.
  static func interval(_ row: WatchRow) -> String? {
    guard let low = row.verdict.low, let high = row.verdict.high, abs(low) < 1e15, abs(high) < 1e15
    else { return nil }
    let (first, last) = (hourly(row, low), hourly(row, high))
    return first == last ? nil : "\(first) to \(last)"
  }

  static func amount(_ row: WatchRow, _ value: Int64?) -> String {
    guard let value else { return "gone" }
    return row.unit.isBytes ? Amount.short(value) : Amount.count(value)
  }

  static func growth(_ row: WatchRow) -> String {
    guard let growth = row.gained else { return "" }
    if growth == 0 { return "0" }
    return row.unit.isBytes ? Amount.signed(growth) : Amount.signedCount(growth)
  }

  /// The verdict on a row in a few words.
  static func state(_ row: WatchRow) -> String {
    switch row.verdict.conclusion {
    case .growing, .userSpace, .heldForUserSpace, .cache:
      return "growing \(hourly(row, row.rate))"
    case .stable: return "stable"
    case .notEnough where row.isOpen:
      let more = row.verdict.secondsNeeded.map { ", \(Amount.duration($0)) more would tell" } ?? ""
      return "may be growing \(hourly(row, row.rate))\(more)"
    case .notEnough: return "not sure"
    }
  }

  /// The verdict for a narrow terminal: `+42.2 MiB/h`, with a question mark where it isn't sure.
  static func shortState(_ row: WatchRow) -> String {
    let isMaybe = row.verdict.conclusion == .notEnough && row.isOpen
    guard row.isGrowing || row.verdict.conclusion == .cache || isMaybe else { return state(row) }
    return "+\(hourly(row, row.rate))\(isMaybe ? "?" : "")"
  }

  static func samples(_ count: Int) -> String { "\(count) \(count == 1 ? "sample" : "samples")" }

  /// Whose the memory is, for the sentence that names a culprit.
  static func side(_ row: WatchRow) -> String {
    if row.unit == .addressSpace { return "address space, little or none of it memory yet" }
    // What isn't sure to grow is whose it is all the same.
    let conclusion = row.isGrowing ? row.verdict.conclusion : row.side?.conclusion
    return switch conclusion ?? .growing {
    case .heldForUserSpace: "held by the kernel for user space"
    case .userSpace: "user space"
    case .growing, .cache, .stable, .notEnough:
      row.side == .unaccounted ? "in no class" : "the kernel's own"
    }
  }
}

extension WatchRow.Explanation {
  var sentence: String {
    switch self {
    case .percpuTables: "Its tables grow with it, in vmalloc."
    case .counts(let things):
      "It grows no faster than what the ever more"
        + " \(things.map(\.title).joined(separator: " and ")) need."
    case .contents(let process):
      "Such descriptors\(process.map { " of process \($0.title)" } ?? "") may hold it: what is written and"
        + " not read, buffers, maps."
    case .space: "It is what the kernel keeps for ever more mappings."
    case .uncounted(let things):
      "Programs don't have more \(things.title): the kernel keeps what they have given back."
    case .caches(.cache): "Most of it is in caches that are given back."
    case .caches: "Most of it is in caches of what programs hold."
    case .reclaimableSlab: "It grows with reclaimable slab, and no faster."
    case .unavailableCache:
      "It is cache that grows, part of which isn't counted as available."
    }
  }
}

extension WatchFacts.Gap {
  /// The gap in one sentence.
  package var sentence: String {
    switch self {
    case .container(isRootless: true):
      "This is a container of an ordinary user: slab caches and vmalloc are shown to root of the host"
        + " alone, and the processes are this container's; run it as root of the host."
    case .container(isRootless: false):
      "This is a container: slab caches and vmalloc are the whole machine's, processes and control"
        + " groups may be this container's only; run it on the host, or with its process ids (--pid=host)."
    case .needsRoot(let kinds):
      "Only root may see \(kinds.map(Self.things).joined(separator: " and ")): as root it can be"
        + " told which of them grows."
    case .unknownSeries(let count):
      "\(count) recorded series \(count == 1 ? "is" : "are") of no kind that this version knows, and"
        + " left out."
    case .hiddenProcesses:
      "Other users' processes are hidden from this user (hidepid): root sees which of them grows."
    case .pauses(let count, let longest):
      count == 1
        ? "Captures are missing for \(Amount.duration(longest))."
        : "Captures are missing \(count) times, at the longest for \(Amount.duration(longest))."
    case .otherBoots(let count):
      "Captures of \(count) other boot\(count == 1 ? "" : "s") are left out: choose with --boot."
    case .passedOver(let kept, let all):
      "Of \(Amount.count(Int64(all))) moments in the texts \(Amount.count(Int64(kept))) are judged, which lie"
        + " evenly in them: so much text isn't held at once."
    case .leftOut(let count):
      "\(count) file\(count == 1 ? " is" : "s are") left out: no captures, or without a time."
    }
  }

  private static func things(_ kind: SeriesID.Kind) -> String {
    switch kind {
    case .slabCache: "slab caches"
    case .vmallocCaller: "callers of vmalloc"
    case .system, .side, .memoryClass, .allocationSite, .module, .count, .cgroup, .process,
      .processShared, .processFiles, .processThreads, .processChildren, .processZombies,
      .processSpace, .command, .commandProcesses:
      kind.rawValue
    }
  }
}
