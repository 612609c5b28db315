package import KmemAnalysis
package import KmemParsers

/// What is said beside a trace, before and while it goes on.
package enum TraceRemark {
  /// What is about to be traced, and what that will cost.
  case begins(TraceRecord, seconds: Double, perSecond: Int64, share: Double)
  /// The trace goes on: seconds so far, of how many, and allocations followed.
  case goesOn(seconds: Double, of: Double)
  /// The cache is one of several that were merged.
  case merged(String, with: [String])
  /// Everything would have to be sampled: what grows is looked for first.
  case looks
  /// This grows, and is traced alone.
  case narrowed(Remedy.TraceAim)
  /// A watch ends without the trace that the user wanted; why.
  case left(reason: String)
  /// Programs of BPF can't be had, for that reason.
  case followedByTracefs(reason: String)
  /// It took this share of the processors, and should have taken no more than that one.
  case dearer(share: Double, budget: Double)
  /// The trace would take that share of the processors, as the machine allocates more than before: it begins
  /// anew, with one address in so many.
  case beginsAnew(share: Double, budget: Double, sampling: Int64)
  /// The trace ended after so many seconds, as the fewest samples would take that share.
  case ended(after: Double, share: Double, budget: Double)
  /// The trace was kept.
  case kept(path: String)

  /// The remark as a sentence.
  package var sentence: String {
    switch self {
    case .begins(let record, let seconds, let perSecond, let share):
      "traces for \(Amount.duration(seconds)), "
        + (record.sampling == 1 ? "every allocation" : "one address in \(record.sampling)")
        + ": \(Amount.count(perSecond)) allocations a second now, which will take about "
        + "\(Amount.percent(share)) of the machine's processors"
    case .goesOn(let seconds, let whole):
      "tracing: \(Amount.duration(seconds)) of \(Amount.duration(whole))"
    case .merged(let name, let others):
      "\(name) is one cache with \(others.joined(separator: ", ")): what is traced may be any one's"
    case .looks:
      "looks for ten seconds at what grows of the kernel's own memory (--all traces everything)"
    case .narrowed(let aim):
      aim == .everything
        ? "\(aim.words) grows, in no one cache: everything is traced"
        : "\(aim.words) grows: it is traced alone"
    case .left(let reason): "what grows isn't traced: \(reason)"
    case .followedByTracefs(let reason):
      "follows allocations by events of tracefs, as programs of BPF can't be had: \(reason)"
    case .dearer(let share, let budget):
      "it took \(Amount.percent(share)) of the machine's processors, not \(Amount.percent(budget)): events "
        + "cost more here than is reckoned with, or there were more than in the second before the trace"
    case .beginsAnew(let share, let budget, let sampling):
      "the machine allocates more than before, and tracing takes about \(Amount.percent(share)) of its processors, "
        + "not \(Amount.percent(budget)): the trace begins anew with one address in \(sampling)"
    case .ended(let seconds, let share, let budget):
      "the trace ended after \(Amount.duration(seconds)), as it took about \(Amount.percent(share)) of the machine's "
        + "processors, more than the \(Amount.percent(budget)) that it may (--budget); with --force it goes on"
    case .kept(let path):
      "the trace is in \(path): kmemcheck trace \(ShellWords.quoted(path.hasPrefix("-") ? "./" + path : path))"
    }
  }
}

extension Remedy.TraceAim {
  /// What is traced, as the subject of a sentence.
  fileprivate var words: String {
    switch self {
    case .cache(let name): name
    case .pages: "memory in no class"
    case .percpu: "per-CPU memory"
    case .everything: "unreclaimable slab"
    }
  }
}
