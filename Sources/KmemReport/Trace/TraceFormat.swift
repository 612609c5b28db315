import KmemAnalysis
import KmemParsers

/// The words in which a traced group reads.
struct TraceFormat {
  private let group: TraceGroup
  private let record: TraceRecord
  /// What the objects are, with all names of a merged cache.
  let subject: String

  init(_ group: TraceGroup, in report: TraceReport) {
    self.group = group
    record = report.record
    subject = group.subject.words(in: report)
  }

  /// Amounts of a sample are estimates of the whole.
  private func whole(_ count: Int64) -> Int64 {
    count.multipliedReportingOverflow(by: record.sampling).partialValue
  }

  private var about: String { record.sampling > 1 ? "about " : "" }

  var objects: Int64 { whole(group.left) }
  var bytes: Int64 { whole(group.bytes) }

  /// `7 680 objects, 15.0 MiB`.
  var amount: String { "\(about)\(LeakFormat.objects(objects)), \(Amount.short(bytes))" }

  var culprit: String { group.culprit?.culprit ?? "no stack was recorded" }

  /// The culprit with its line of source, where that is known.
  var place: String { group.culprit?.lineText.map { "\(culprit) at \($0)" } ?? culprit }

  /// The culprit without the place in it.
  var shortCulprit: String {
    guard let culprit = group.culprit else { return "no stack was recorded" }
    return culprit.symbol == nil ? culprit.culprit : culprit.name
  }

  /// `128.0 ± 1.2 objects a second, 256 KiB/s, since the trace began`.
  var rate: String? {
    guard let rate = group.course.rate, let error = group.course.error else { return nil }
    let factor = Double(record.sampling)
    let bytes = Int64((rate * factor * Double(group.objectSize)).rounded())
    let number = "\(Self.decimal(rate * factor)) ± \(Self.decimal(error * factor)) objects a second"
    return "\(about)\(number), \(Amount.short(bytes))/s\(time.map { ", \($0)" } ?? "")"
  }

  private var time: String? {
    switch group.course.shape {
    case .steady(since: 0): "since the trace began"
    case .steady(let since): "since \(Amount.duration(since)) after the trace began"
    case .stopped(let end): "until \(Amount.duration(end)) after the trace began, and none since"
    case .uneven, .tooShort: nil
    }
  }

  /// `allocated 7 680, freed 12 (2 of them proven by reuse): 100 % stay`.
  var balance: String {
    let freed = whole(group.freed + group.reused)
    let proven = group.reused > 0 ? " (\(Amount.count(whole(group.reused))) proven by reuse)" : ""
    return
      "allocated \(Amount.count(whole(group.allocated))), freed \(Amount.count(freed))\(proven)"
      + ": of what is old enough \(Amount.percent(group.course.survival)) stays"
  }

  /// What the books say of the same memory.
  var books: String {
    guard let growth = group.growth else { return "the kernel's own books don't tell of it" }
    let place = group.subject.bookWords
    let word = Double(growth) >= 0.5 * Double(bytes) ? "agree" : "don't agree"
    return "the kernel's own books \(word): \(place) gained \(Amount.signed(growth)) meanwhile"
  }

  /// The callers, `f < g < h`, cut where the line ends.
  func path(_ width: Int?) -> String {
    let columns = (width ?? 100) - 5
    var text = ""
    for frame in group.callers.dropFirst() {
      let next = (text.isEmpty ? "called by " : " < ") + frame.name
      guard text.utf8.count + next.utf8.count + 2 <= columns else { return text + " …" }
      text += next
    }
    return text
  }

  /// A number with one decimal; three digits where it's small.
  static func decimal(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "?" }
    let scale = abs(number) < 1 ? 1000.0 : 10
    let digits = Int64((abs(number) * scale).rounded())
    let fraction = String(digits % Int64(scale))
    let width = scale == 10 ? 1 : 3
    return (number < 0 ? "-" : "") + "\(digits / Int64(scale))."
      + String(repeating: "0", count: width - fraction.count) + fraction
  }
}

extension TraceSubject {
  /// What the objects are: `kmalloc of 2048 bytes`.
  package var words: String {
    switch self {
    case .kmalloc(let size): "kmalloc of \(Amount.count(size)) bytes"
    case .largeKmalloc: "kmalloc of whole pages"
    case .cache(let name?): "cache \(name)"
    case .cache(nil): "a slab cache whose name isn't known"
    case .pages: "pages"
    case .percpu: "per-CPU memory"
    }
  }

  /// What the objects are: of a cache that is one of several merged ones, all names.
  func words(in report: TraceReport) -> String {
    CacheWords.merged(report.aliases(of: self)).map { "\(words) (\($0))" } ?? words
  }

  /// Where the kernel books it.
  var bookWords: String {
    switch self {
    case .kmalloc(let size): "kmalloc's caches of \(Amount.count(size)) bytes"
    case .largeKmalloc: "unreclaimable slab beside its caches"
    case .pages: "what is in no class"
    case .cache(let name): name ?? "the cache"
    case .percpu: "per-CPU memory"
    }
  }
}

extension TraceGroup.Judgement {
  /// Why a group isn't accused, or what it is accused of.
  var words: String {
    switch self {
    case .rising: "rises"
    case .stopped: "was leaking, and has stopped"
    case .partly: "rises, but keeps less than half of what it allocates"
    case .tooSmallForBooks: "rises by less than the kernel's books can show"
    case .withoutBooks: "rises, and the kernel's books don't tell of it"
    case .withoutGrowth: "the books didn't grow: freed unseen"
    case .freedUnseen: "freed without an event: addresses came back"
    case .cache: "cache: given back when memory runs short"
    case .heldForUserSpace: "held for user space"
    case .uneven: "stays from some parts of the time only"
    case .tooFew: "too few to judge"
    case .tooShort: "the trace was too short"
    }
  }
}
