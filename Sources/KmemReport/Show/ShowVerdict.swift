import KmemAnalysis

/// The last line of `show`: the worst finding with its suspect, or why nothing is said.
struct ShowVerdict {
  let health: Health

  init(_ health: Health) { self.health = health }

  /// The line.
  var sentence: String { "Verdict: " + words }

  /// How bad it is; nothing where nothing stands out.
  var severity: Finding.Severity? { isAlarm ? health.findings.first?.severity : nil }

  private var isAlarm: Bool { health.findings.first.map { $0.severity > .note } ?? false }

  private var words: String {
    if isAlarm, let worst = health.findings.first { return alarm(worst) }
    guard health.books != nil else { return withoutBooks }
    if health.isMeminfoOfTool || health.books?.isOfSums == true, let known = formsWithBooks {
      return known
    }
    if let incomplete = health.findings.first(where: { $0.rule == .incomplete }) {
      return "not enough data; \(incomplete.sentence): copy the whole /proc/meminfo"
    }
    let holes = gaps
    // How much memory there is, and nothing of what it is used for, is no all-clear.
    guard health.books?.isOfSums != true else {
      return "not enough data; " + (holes.isEmpty ? "copy the whole /proc/meminfo" : holes)
    }
    guard holes.isEmpty else { return "nothing stands out in what is there\(noted); " + holes }
    return (note.map { "no warning; note: \($0.sentence)" } ?? nothing) + more(notes.count - 1)
      + ". \(Self.oneMoment)"
  }

  /// The notes about memory; those about single tables stand above.
  private var notes: [Finding] {
    health.findings.filter { [.cause, .symptom].contains($0.rule.entry.role) }
  }

  private var note: Finding? { notes.first }

  private var nothing: String {
    health.accepted.isEmpty ? "nothing stands out" : "nothing else stands out"
  }

  private static let oneMoment =
    "One moment can't show a leak: take a second snapshot later, then kmemcheck diff"

  /// The worst finding; where that is only what comes of it, who holds memory stands before it.
  private func alarm(_ worst: Finding) -> String {
    let cause = health.findings.first { $0.rule.entry.role == .cause }
    guard worst.rule.entry.role == .symptom, let cause else {
      return "\(worst.severity.rawValue): \(worst.sentence)" + more(health.findings.count - 1)
    }
    return "\(worst.severity.rawValue): \(cause.sentence); \(worst.sentence)"
      + more(health.findings.count - 2)
  }

  /// How many findings stand above that the line doesn't name, and how many are accepted.
  private func more(_ count: Int) -> String {
    let parts =
      (count > 0 ? ["and \(count) more above"] : []) + (health.acceptedWords.map { [$0] } ?? [])
    return parts.isEmpty ? "" : " (" + parts.joined(separator: "; ") + ")"
  }

  /// A note about somebody who holds memory, between what stands out and what is missing.
  private var noted: String { note.map { " but a note: \($0.sentence)" } ?? "" }

  /// Why the books aren't whole: gaps of files, else notes about them.
  private var gaps: String {
    let missing = health.gaps.map(\.missing)
    if let first = health.gaps.first {
      let others = missing.count > 1 ? " (and \(missing.count - 1) more above)" : ""
      return "\(missing[0]): copy the whole /\(first.path)\(others)"
    }
    return health.findings.first { $0.rule.entry.role == .files }?.sentence ?? ""
  }

  /// What tools print tells little of who holds memory; what they do tell stands first.
  private var formsWithBooks: String? {
    let sentences = health.formSentences
    guard !sentences.isEmpty else { return nil }
    // Sums can't show that all is well.
    return ((note.map { ["no warning; note: \($0.sentence)"] } ?? []) + sentences)
      .joined(separator: "; ") + ". Who holds the rest isn't in it\(untold): copy the whole "
      + "/proc/meminfo"
  }

  /// The classes whose lines aren't in a meminfo that was cut.
  private var untold: String { health.untold.map { "; " + $0.absenceInThisFile } ?? "" }

  /// Without meminfo what other files tell is judged, and no more.
  private var withoutBooks: String {
    let judged = health.judgedFiles
    let forms = health.formSentences
    guard forms.isEmpty || note != nil else { return ofForms(forms, judged) }
    guard !judged.isEmpty else { return ofSingleLines }
    let found = note.map { "no warning; note: \($0.sentence)" }
    let cut = health.gaps.first { $0.path != "proc/meminfo" }.map { "; \($0.missing)" } ?? ""
    return (found ?? "nothing stands out in \(judged.joined(separator: ", "))") + cut
      + "; \(health.booksMissingSentence): copy /proc/meminfo as well"
  }
}

extension ShowVerdict {
  /// What tools print, where meminfo isn't there: who is largest, and how to learn more.
  private func ofForms(_ forms: [String], _ judged: [String]) -> String {
    guard health.slab?.excerpt != nil else {
      let calm = judged.isEmpty ? "" : "nothing stands out in \(judged.joined(separator: ", ")); "
      return calm + forms.joined(separator: "; ")
        + "; \(health.booksMissingSentence): copy /proc/meminfo as well"
    }
    return "no warning; " + forms.joined(separator: "; ")
      + ". One screen can't show growth: save another later, with /proc/meminfo, then kmemcheck diff"
  }

  /// Lines that were picked out of meminfo, without the one that tells how large a part they are.
  private var ofSingleLines: String {
    guard health.meminfoMissing == nil else {
      return "not enough data; \(health.booksMissingSentence)"
    }
    let remedy = "MemTotal isn't in meminfo: copy the whole /proc/meminfo"
    if let slab = health.unjudgedSlab {
      // Lines of free memory, programs and files beside it tell how large the machine is at least.
      let classes = health.knownClasses
      let counted = classes.sum { $0.bytes ?? 0 }
      if [.free, .anonymous, .pageCache].allSatisfy({ memoryClass in
        classes.contains { $0.memoryClass == memoryClass }
      }), counted > slab.bytes {
        return "unreclaimable slab holds \(Amount.short(slab.bytes)) of \(Amount.short(counted)) "
          + "that these lines count; \(remedy), and /proc/slabinfo, which names the caches"
      }
      return "unreclaimable slab holds \(Amount.short(slab.bytes)), much for a machine with less "
        + "than \(Amount.short(slab.isMuchBelow)); \(remedy), and /proc/slabinfo, which names the "
        + "caches"
    }
    let kernel = health.knownClasses.filter { $0.memoryClass.side == .kernel }
    let known = kernel.isEmpty ? health.knownClasses : kernel
    guard let largest = known.max(by: { $0.bytes ?? 0 < $1.bytes ?? 0 }) else {
      return "not enough data; \(remedy)"
    }
    // Ten times as much as the kernel itself has is what the lines are about.
    let cache = health.knownClasses.filter { $0.memoryClass.side == .cache }
      .max { $0.bytes ?? 0 < $1.bytes ?? 0 }
    let beside = cache.flatMap { cache -> String? in
      guard let bytes = cache.bytes, bytes / 10 >= largest.bytes ?? 0 else { return nil }
      return "\(cache.memoryClass.title), which is given back, holds \(Amount.short(bytes)); "
    }
    return
      "not enough data; \(beside ?? "")the most that \(kernel.isEmpty ? "is held" : "the kernel has") by "
      + "these lines is \(largest.memoryClass.title) with \(Amount.short(largest.bytes ?? 0)); "
      + remedy
  }
}

extension Health {
  /// What is accepted, counted: `1 accepted: swap`.
  var acceptedWords: String? {
    guard !accepted.isEmpty else { return nil }
    var names: [String] = []
    for finding in accepted where !names.contains(finding.rule.rawValue) {
      names.append(finding.rule.rawValue)
    }
    return "\(accepted.count) accepted: " + names.joined(separator: ", ")
  }

  /// The files beside meminfo that tell something of memory.
  fileprivate var judgedFiles: [String] {
    [
      slab?.caches.isEmpty == false && !hasOnlyRows
        ? slab?.excerpt == nil ? "slabinfo" : "slabtop" : nil,
      zones.contains { $0.level != .unknown } ? "zoneinfo" : nil,
      vmallocCallers.elements.isEmpty ? nil : "vmallocinfo",
      allocationSites.elements.isEmpty ? nil : "allocinfo",
      pressure == nil ? nil : "pressure",
    ].compactMap { $0 }
  }
}
