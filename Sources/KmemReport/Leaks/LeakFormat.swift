import KmemAnalysis
import KmemParsers

/// The lines in which a group of leaked objects reads.
struct LeakFormat {
  private let group: LeakGroup
  private let report: LeakReport

  init(_ group: LeakGroup, in report: LeakReport) {
    self.group = group
    self.report = report
  }

  static func address(_ address: UInt64) -> String { "0x" + String(address, radix: 16) }

  static func objects(_ count: Int64) -> String {
    "\(Amount.count(count)) \(count == 1 ? "object" : "objects")"
  }

  /// How much was lost: `12 objects, 2.3 KiB`.
  var amount: String {
    let news = group.news.map { news in
      news.still == 0 ? ", all new" : news.new == 0 ? ", none new" : ", \(news.new) new"
    }
    return "\(Self.objects(group.objects)), \(Amount.short(group.bytes))\(news ?? "")"
  }

  /// The function that allocated: `foo_init+0x1c/0x40 [leaky]`.
  var culprit: String {
    guard let culprit = group.culprit else { return noStack }
    return group.callers.isEmpty ? ProgramLeakFormat.onlyAllocators(culprit.name) : culprit.culprit
  }

  /// Why the group has no stack.
  var noStack: String {
    let extents = group.extents.entries.map(\.value)
    return extents.count == 1 ? Self.noStack(extents[0]) : "the text holds no stack"
  }

  /// Why an object has no stack, by how much of its record the text holds.
  static func noStack(_ extent: KmemleakRecord.Extent) -> String {
    switch extent {
    case .whole: "no stack was printed"
    case .withoutStack: "the text ends before the stack"
    case .firstLine: "the text holds only the first line of the record"
    }
  }

  /// The culprit's line of source: `leaky.c:12`, behind the lines of functions inlined into it.
  var source: String? { group.culprit?.lineText }

  /// The culprit and its line of source: `foo_init+0x1c/0x40 [leaky] at leaky.c:12`.
  var place: String { source.map { "\(culprit) at \($0)" } ?? culprit }

  /// A frame with its lines of source, a line for each function that was inlined into it.
  static func frameLines(_ frame: LeakFrame) -> [String] {
    guard let own = frame.lines.last else { return [frame.text] }
    return frame.lines.dropLast().map { "\($0.function) \($0.text) [inline]" }
      + ["\(frame.text) \(own.text)"]
  }

  /// What the objects are: `192 bytes each · contents: zeroed`.
  var kind: String {
    let sizes = group.sizes.ranked
    var parts: [String] = []
    if let only = sizes.first, sizes.count == 1, group.sizes.others == 0 {
      parts.append(
        "\(Amount.count(Int64(clamping: only.value))) bytes\(group.objects == 1 ? "" : " each")")
    } else {
      let shown = sizes.prefix(4).map {
        "\(Amount.count(Int64(clamping: $0.value))) (\($0.count)×)"
      }
      let hasMore = sizes.count > 4 || group.sizes.others > 0
      parts.append("sizes \(shown.joined(separator: ", "))\(hasMore ? " and others" : "")")
    }
    parts += group.kinds.entries.filter { $0.value != .plain }.map {
      "\($0.count)× \($0.value.name)"
    }
    parts.append("contents: \(contents)")
    if group.unseen > 0 { parts.append("\(Amount.count(group.unseen)) only counted by the log") }
    return parts.joined(separator: " · ")
  }

  private var contents: String {
    let ranked = group.contents.ranked
    let kinds = ranked.map { ranked.count > 1 ? "\($0.value.name) (\($0.count)×)" : $0.value.name }
    let texts = group.texts.ranked.prefix(3).map { Self.quoted($0.value) }
    let hasMore = group.texts.entries.count > 3 || group.texts.others > 0
    guard !texts.isEmpty else { return kinds.joined(separator: ", ") }
    return kinds.joined(separator: ", ") + ": " + texts.joined(separator: ", ")
      + (hasMore ? " and others" : "")
  }

  /// A text of an object in quotation marks, its line feeds as `\n`.
  static func quoted(_ text: String) -> String {
    "\"\(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n"))\""
  }

  /// What holds the group's objects, where the first bytes of others point to them.
  var kin: [String] {
    group.rankedHolders.prefix(3).map { holder, count in
      let what = count == group.objects ? (count == 1 ? "it" : "all of them") : "\(count) of them"
      return holder.isSameGroup
        ? "other objects of this group point to \(what), as in a list"
        : "lost with objects of another group, which point to \(what): \(holder.fingerprint)"
    }
  }

  /// The tasks that allocated: `allocated by insmod, pid 124`.
  var tasks: String {
    let comms = group.comms.ranked
    guard !comms.isEmpty else { return "allocated by a task that isn't in the text" }
    let isOne = comms.count == 1 && group.comms.others == 0
    let shown = comms.prefix(3).map { isOne ? $0.value : "\($0.value) (\($0.count)×)" }
    let hasMore = comms.count > 3 || group.comms.others > 0
    let pids = group.pids.ranked
    let numbers = pids.prefix(3).map { String($0.value) }.joined(separator: ", ")
    let morePids = pids.count > 3 || group.pids.others > 0 ? " and others" : ""
    return "allocated by \(shown.joined(separator: ", "))\(hasMore ? " and others" : "")"
      + (pids.isEmpty ? "" : ", pid \(numbers)\(morePids)")
  }

  /// When the objects were allocated: `3 s to 2 h 5 min ago (computed)`.
  var age: String {
    if let ages = report.ages(of: group) {
      let (young, old) = (Amount.duration(ages.youngest), Amount.duration(ages.oldest))
      let span = young == old ? old : "\(young) to \(old)"
      return "\(span) ago\(ages.isComputed ? " (computed)" : "")"
    }
    guard let jiffies = group.jiffies else { return "at a time that isn't in the text" }
    if let clock = report.clock, let first = clock.seconds(jiffies.lowerBound),
      let last = clock.seconds(jiffies.upperBound)
    {
      let (start, end) = (Amount.duration(first), Amount.duration(last))
      return "\(start == end ? end : "\(start) to \(end)") after boot (computed)"
    }
    guard jiffies.lowerBound != jiffies.upperBound else {
      return "at jiffies \(jiffies.lowerBound)"
    }
    return "at jiffies \(jiffies.lowerBound) to \(jiffies.upperBound)"
  }

  /// How the time was found out, or why it wasn't; nil where the report prints it.
  var clockNote: String? {
    guard group.ages == nil, group.jiffies != nil else { return nil }
    guard let clock = report.clock else {
      return "no age is printed, and without CONFIG_HZ none can be computed"
    }
    let lack = clock.upTime == nil ? "; when the report was read isn't known" : ""
    return "times are computed from jiffies, \(clock.originWords)\(lack)"
  }

  /// The functions from the culprit on, as many as fit a line.
  func path(_ width: Int?) -> String {
    let names = group.callers.prefix(6).map(\.name)
    guard !names.isEmpty else { return "from: unknown" }
    let path = "from: \(names.joined(separator: " < "))"
    return TerminalText.fitted(path, (width ?? 100) - 3, atEnd: true)
  }

  var notes: [String] {
    var notes = [clockNote].compactMap(\.self)
    if group.stacks > 1 {
      notes.append(
        "\(group.stacks) stacks that differ only in who was interrupted; their frames are left out")
    }
    if !group.otherStacks.isEmpty {
      notes.append("\(group.otherStacks.count + 1) stacks of one function are one finding")
    }
    if group.mayBeTruncated {
      notes.append("the stack has 16 frames, as many as kmemleak keeps: callers may be missing")
    }
    if group.frames.contains(where: \.isResolved) {
      notes.append("modules of bare addresses come from the recorded module list of this boot")
    }
    if let module = group.culprit?.module, report.movedModules.contains(module) {
      notes.append("\(module) lay elsewhere earlier in this boot: its frames may be wrong")
    }
    return notes
  }
}
