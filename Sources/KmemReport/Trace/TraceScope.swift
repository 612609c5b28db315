import KmemAnalysis
import KmemParsers

/// What was traced, and what the trace can't see.
struct TraceScope {
  private let report: TraceReport
  private let record: TraceRecord

  init(_ report: TraceReport) {
    self.report = report
    record = report.record
  }

  /// `Traced for 60 s: kmalloc of 2048 bytes, every allocation`, as a sentence.
  var sentence: String {
    let end = record.isInterrupted ? ", then interrupted" : ""
    let process = record.pid.map { " by process \($0)" } ?? ""
    let release = record.release.map { " on Linux \($0)" } ?? ""
    return
      "Traced for \(Amount.duration(record.seconds))\(end)\(release): \(what)\(process), \(share)."
  }

  private var what: String {
    if let cache = record.cache { return TraceSubject.cache(cache).words(in: report) }
    if let size = record.size { return TraceSubject.kmalloc(size: size).words }
    let names = TraceRecord.Kind.allCases.filter(record.kinds.contains).map(\.words)
    return names.joined(separator: ", ")
  }

  private var share: String {
    record.sampling == 1 ? "every allocation" : "one address in \(record.sampling)"
  }

  /// What the verdict rests on, sentence by sentence.
  var grounds: [String] {
    var sentences: [String] = []
    if record.engine == .tracefs {
      sentences.append(
        "Followed by events of tracefs, without BPF: the caches of objects are known by their size "
          + "where the event doesn't name them.")
    }
    sentences += [
      "\(Amount.count(record.kept)) allocations followed, \(Amount.count(record.lost)) lost for lack of "
        + "room; \(Amount.count(record.missed)) of \(Amount.count(record.seen.plus(record.missed))) events "
        + "skipped by the kernel."
    ]
    if let share = record.costShare {
      sentences.append(
        record.engine == .tracefs
          ? "Reading the events took \(Amount.percent(share)) of the machine's processors; what they "
            + "cost where they arose isn't measured."
          : "It took \(Amount.percent(share)) of the machine's processors.")
    }
    if !record.seesDelayedFrees, !record.kinds.isDisjoint(with: [.kmalloc, .cache]) {
      sentences.append(
        "This kernel has no KPROBES: a free by kfree_rcu() is seen only when its address is used again."
      )
    }
    if record.kinds.contains(.pages) {
      sentences.append(
        "Pages of slabs, of vmalloc, of per-CPU memory and of programs are left out: they are counted "
          + "as what they hold.")
    }
    return sentences
  }
}

extension TraceRecord.Kind {
  /// What the allocator hands out.
  package var words: String {
    switch self {
    case .kmalloc: "kmalloc"
    case .cache: "slab caches"
    case .pages: "pages"
    case .percpu: "per-CPU memory"
    }
  }
}
