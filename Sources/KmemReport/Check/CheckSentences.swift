import KmemAnalysis
import KmemParsers
import KmemSnapshot

/// The findings of a check, in sentences.
struct CheckSentences {
  private let report: CheckReport

  init(_ report: CheckReport) { self.report = report }

  /// `checked: insmod x.ko, run 20 times`.
  var command: String {
    let text = report.command.joined(separator: " ")
    let count = report.iterations.count
    let times = count == 1 ? "once" : "\(count) times"
    let tool =
      switch report.programs?.tool {
      case .valgrind?: " under Valgrind"
      case .sanitizer?: " with LeakSanitizer"
      case .memleak?, .heaptrack?, nil: ""
      }
    return "checked: \(text), run \(times)\(tool)"
      + (count < report.wanted ? " of \(report.wanted)" : "")
  }

  var grounds: [String] {
    var grounds: [String] = []
    let seconds = report.iterations.map(\.seconds)
    if let first = seconds.min(), let last = seconds.max() {
      let (shortest, longest) = (Amount.duration(first), Amount.duration(last))
      grounds.append(
        "the command ran \(shortest == longest ? "" : "\(shortest) to ")\(longest)"
          + (report.iterations.count == 1 ? "" : " at a time"))
    }
    if let absence = report.kmemleakAbsence {
      grounds.append("growth alone, without kmemleak (\(absence.words))")
    }
    if report.iterations.count < CheckReport.decisive {
      grounds.append(
        "growth of \(report.iterations.count == 1 ? "one run" : "few runs") can't tell a leak "
          + "from warm-up: --repeat 20 can")
    }
    if report.judgement != .left, let processes {
      grounds.append("the command leaves running: \(processes)")
    }
    return grounds + traced + drops
  }

  /// What the kernel was made to give back before each sample, and what it refused.
  var drops: [String] {
    guard !report.drops.wanted.isEmpty else { return [] }
    let done = report.drops.wanted.map { kind in
      switch kind {
      case .caches: "caches were dropped"
      case .emptySlabs: "slab caches shrunk"
      }
    }
    let refusals = report.drops.refusals.map { refusal in
      switch refusal.kind {
      case .caches: "dropping caches was refused: \(refusal.error)"
      case .emptySlabs: "shrinking slab caches was refused: \(refusal.error)"
      }
    }
    return ["before each sample \(done.joined(separator: " and "))"] + refusals.sorted()
  }

  var doubts: [String] {
    let failure = report.failure.map {
      "the command failed with status \($0), which is the status of this check too"
    }
    return [failure, ofSampler, ownShare].compactMap(\.self)
  }

  /// What kmemcheck's own process lost: the kernel's leak, but not the command's.
  private var ofSampler: String? {
    guard let leaks = report.leaks, leaks.ofSampler > 0 else { return nil }
    return "\(LeakFormat.objects(leaks.ofSampler)) more were lost by kmemcheck itself, which reads "
      + "files between the runs: they aren't counted, and the kernel may lose them for any reader"
  }

  /// The largest share of the samples in memory of the kernel's own.
  private var ownShare: String? {
    let shares = report.series.filter { $0.side.isSuspect && $0.ownShare > 0 }
    return shares.max { $0.ownShare < $1.ownShare }.map {
      "each sample itself adds \(Amount.short($0.ownShare)) to \($0.id.name), which is taken off: "
        + "the kernel may lose it for any reader"
    }
  }

  /// The verdict on both halves: `kernel: clean · user space: 2 groups leak`; on the kernel alone where
  /// no tool looked at programs.
  var wholeVerdict: String {
    guard let check = report.programs else { return verdict }
    let kernel = report.judgement == .nothingFound ? "clean" : report.judgement.rawValue
    let words = ProgramCheckWords(check, command: report.command)
    return "kernel: \(kernel) · user space: \(words.short)"
  }

  /// The verdict on the kernel.
  var verdict: String {
    switch report.judgement {
    case .confirmed: confirmed
    case .suspected: "\(suspected). Growth is too small or too uneven to bear it out"
    case .grew: grew
    case .left: left
    case .nothingFound: nothing
    case .undecided: undecided
    }
  }
}

extension CheckSentences {
  /// `5 000 objects, 1.2 MiB, lost in 2 groups`.
  private var lost: String? {
    guard let leaks = report.leaks, leaks.newObjects > 0 else { return nil }
    let rate = report.iterations.count > 1 ? report.lostPerIteration?.typical : nil
    let culprits = leaks.groups.prefix(1).compactMap(\.culprit).map(\.name)
    let others = leaks.groups.count - culprits.count
    let by =
      culprits + (others > 0 ? ["\(others) \(others == 1 ? "function" : "functions") more"] : [])
    return "\(LeakFormat.objects(leaks.objects)), \(Amount.short(leaks.bytes)), lost by "
      + by.joined(separator: " and ")
      + (rate.map { ", \(Amount.short($0)) per iteration" } ?? "")
  }

  /// What all groups together lost at each iteration.
  var losses: [String] {
    guard let losses = report.lostPerIteration else { return [] }
    let low = losses.found.min() ?? 0
    let isWhole = low >= losses.typical
    let missed =
      "found were \(Amount.short(low)) to \(Amount.short(losses.found.max() ?? 0)): kmemleak misses"
      + " objects that a stale word points to, so each group counts with its middle iteration"
    return ["all together: \(Amount.short(losses.typical)) per iteration"]
      + (isWhole ? [] : [missed])
      + (losses.trend.word == .leaks ? [] : [IterationWords(losses.trend).sentence])
  }

  private var slope: String? {
    report.culprit.flatMap { series in
      series.trend.perIteration.map {
        let caller = report.caller.map { " for \($0.name)" } ?? ""
        return "\(series.id.name)\(caller) grew by \(Amount.short(Int64($0.rounded())))"
          + " at each iteration" + keeper
      }
    }
  }

  /// Who keeps it, by a trace of the runs.
  private var keeper: String {
    guard let group = report.traced, let trace = report.trace else { return "" }
    return ", kept by \(TraceFormat(group, in: trace).shortCulprit) (traced)"
  }

  /// What was followed, and who keeps what the leaking amount gained.
  var traced: [String] {
    guard let trace = report.trace else { return [] }
    let share = trace.record.sampling == 1 ? "" : ", one address in \(trace.record.sampling)"
    let followed = "the runs were traced: \(Amount.count(trace.record.kept)) allocations\(share)"
    guard let group = report.traced else { return [followed] }
    let words = TraceFormat(group, in: trace)
    return [followed, "\(words.amount) kept by \(words.place), \(words.path(nil))"]
  }

  private var confirmed: String {
    let parts = [lost, slope ?? borneOut].compactMap(\.self)
    let blind =
      lost == nil && report.leaks?.doubts.isEmpty == true
      ? ". kmemleak doesn't see it: pages, objects marked as no leak, or referenced by something stale"
      : ""
    return "leak confirmed: \(parts.joined(separator: "; "))\(blind)"
  }

  /// What bears the lost objects out, where no amount leaks.
  private var borneOut: String? {
    guard lost != nil else { return nil }
    let isMatched = report.leaks?.groups.contains { $0.growth?.word == .matching } ?? false
    return isMatched ? "memory grew by as much" : "each iteration lost as much again"
  }

  private var suspected: String { "leak suspected: \(lost ?? "objects were lost")" }

  private var grew: String {
    if case .perhaps(let things)? = report.doubt?.explanation {
      return
        "undecided: each iteration leaves more \(CheckExplanation.list(things)), and no process: "
        + "one that runs anyway may hold them (ls /proc/*/fd), or the kernel forgot them"
    }
    if case .others? = report.doubt?.explanation, let name = report.doubt?.id.name {
      return "undecided: \(name) grew, and as fast while the command didn't run: something else on "
        + "this machine fills it, and what the command itself loses can't be told. kmemcheck watch "
        + "names who does"
    }
    let what = report.doubt.map { "\($0.id.name) by \(Amount.short($0.growth))" }
    let needed = report.doubt?.trend.iterationsNeeded ?? 20
    let clean = report.leaks == nil ? "" : "kmemleak found nothing, but "
    return "undecided: \(clean)kernel memory grew\(what.map { ", \($0)" } ?? "") in "
      + "\(report.iterations.count == 1 ? "one run" : "\(report.iterations.count) runs"). "
      + "--repeat \(max(20, needed)) would tell a leak from warm-up"
  }

  /// `left for user space or cache, no leak: 20 processes sleep (pid 712, …), 1.2 MiB of their own; 1 inode in
  /// memory more at each iteration`.
  private var left: String {
    let parts = [processes, leftAmounts].compactMap(\.self).joined(separator: "; ")
    return "left for user space or cache, no leak: \(parts). \(bound)"
  }

  /// The processes that the command left, by their names.
  private var processes: String? {
    let groups = (report.leftProcesses ?? []).byName
    guard !groups.isEmpty else { return nil }
    let named = groups.prefix(3).map { group in
      let memory = group.anonymous > 0 ? "\(Amount.short(group.anonymous)) of " : ""
      return group.count == 1
        ? "process \(group.first) \(group.comm)" + (memory.isEmpty ? "" : ", \(memory)its own")
        : "\(Amount.count(Int64(group.count))) processes \(group.comm) (pid \(group.first), …)"
          + (memory.isEmpty ? "" : ", \(memory)their own")
    }
    let rest = groups.dropFirst(3).reduce(0) { $0 + $1.count }
    return named.joined(separator: ", ") + (rest > 0 ? ", and \(rest) more" : "")
  }

  private var leftAmounts: String? {
    guard !report.left.isEmpty else { return nil }
    let isSlope = report.iterations.count >= CheckReport.decisive
    let named = report.left.prefix(3).map { series in
      let amount = isSlope ? series.trend.perIteration ?? 0 : Double(series.growth)
      let words = series.id.unit.words(amount)
      // The unit of a count is its name.
      return series.id.unit == .bytes ? "\(words) of \(series.id.name)" : words
    }
    let span = isSlope ? " at each iteration" : ""
    return "\(named.joined(separator: ", ")) more\(span)"
  }

  private var nothing: String {
    let scans = report.leaks?.scan.map { "no object by \(ScanWords($0).scansInShort)" }
    let growth =
      report.iterations.count < CheckReport.decisive
      ? "no growth above \(Amount.short(report.growth.verdict.floor))"
      : "no growth that goes on over \(report.iterations.count) iterations"
    return
      "nothing found: \([scans, growth].compactMap(\.self).joined(separator: ", and ")). \(bound)"
  }

  /// How small a leak may have been missed, and what would show it.
  private var bound: String {
    guard let bound = report.bound else { return "That is evidence, not proof" }
    let seen = report.leaks == nil ? "" : " that kmemleak doesn't see"
    return "A leak of less than \(Amount.short(bound.bytes)) an iteration\(seen) could be missed: "
      + "--repeat \(bound.iterations) would show one of \(Amount.short(bound.smaller))"
  }

  private var undecided: String {
    var reasons = report.leaks?.doubts.map(\.words) ?? []
    if reasons.isEmpty, report.isInterrupted { reasons = ["interrupted"] }
    if reasons.isEmpty, report.iterations.count < report.wanted {
      reasons = ["the command ran \(report.iterations.count) of \(report.wanted) times"]
    }
    if reasons.isEmpty { reasons = ["the two moments can't be compared"] }
    return "no result: \(reasons.joined(separator: "; ")). This doesn't mean that nothing leaks"
  }
}
