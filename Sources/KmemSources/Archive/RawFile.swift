internal import KmemIntake
internal import KmemParsers
internal import KmemSnapshot

/// One kernel file outside any tree, or a text that holds several of them.
struct RawFile {
  let name: String
  let text: RawText

  /// The moments that the choice names, each a capture.
  ///
  /// - Throws: `SourceError` if neither the name nor the contents tell which file it is, or the text
  ///   holds no such moment.
  func captures(_ choice: MomentChoice) throws -> [Capture] {
    // A file named within a tree says by its path what it is, even when it is empty.
    let place = EntrySorter().place(of: name)
    if let place, place.rank == .root, !Self.isLog(place.source), text.intake.count < 2 {
      return [capture(of: place.source)]
    }
    guard isSeveral else {
      let single = try single()
      return try reports(in: single, choice) ?? [single]
    }
    let numbers = try choice.numbers(of: name, count: text.intake.count)
    return try numbers.compactMap { number in
      guard let moment = text.intake[number] else {
        // Of all moments of a long text, those that were kept stand for the others.
        if choice == .all { return nil }
        throw SourceError(
          .badData,
          "\(name) is too long to keep all of its \(text.intake.count) moments, and the times in it "
            + "don't follow each other: cut moment \(number) out of it")
      }
      return capture(of: moment)
    }
  }

  /// Whether the text holds several moments, or several kernel files.
  private var isSeveral: Bool {
    text.intake.count > 1 || text.intake[1].map { $0.moment.sections.count > 1 } ?? false
  }

  /// The capture with the whole text as its one source.
  private func single() throws -> Capture {
    let fromName = KernelFileNames.source(
      named: name.split(separator: "/").last.map(String.init) ?? "")
    let fromContents = KernelFileContents.source(of: text.whole)
    // Lines that are known tell more than the name.
    if fromContents == nil, let found = text.intake[1],
      found.moment.sections.allSatisfy({ $0.path != fromName })
    {
      if Self.isOfMaps(found.moment) { throw refusal }
      return capture(of: found)
    }
    guard let source = fromContents ?? fromName else {
      guard GroupMemoryText(text.whole.span) != nil else { throw refusal }
      return capture(of: GroupMemoryText.path)
    }
    // A log in which kmemleak reported is read for the report.
    if let fromName, let fromContents, Self.isLog(fromName) { return capture(of: fromContents) }
    guard let fromName, let fromContents, !Self.agree(fromName, fromContents) else {
      var capture = capture(of: fromName ?? source)
      // Beside a tool's table a log may stand that tells more.
      if source.hasPrefix("text/"), let log = KernelFileContents.log(in: text.whole) {
        capture.sources[log] = reading(text.whole)
      }
      return capture
    }
    var capture = capture(of: source)
    capture.remarks.append(
      "the name speaks of \(fromName), but the contents are those of \(fromContents)")
    return capture
  }

  private static func isLog(_ source: String) -> Bool {
    source.hasPrefix("var/log/") || source.contains("dmesg")
  }

  private func capture(of source: String) -> Capture {
    var capture = Capture(
      origin: name, kind: .file, sources: [source: reading(text.whole)], remarks: remarks)
    // One kernel file with a date or a prompt above it has that time, and is that machine's.
    if let found = text.intake[1], found.moment.mark != nil || found.moment.machine != nil {
      capture.textMoment = textMoment(found, count: 1)
    }
    return capture
  }

  private func capture(of found: Intake.Numbered) -> Capture {
    let count = text.intake.count
    var capture = Capture(
      origin: count > 1 ? TextMoment.reference(reference, found.number) : name, kind: .file,
      remarks: remarks)
    for section in found.moment.sections {
      var reading = reading(section.text)
      reading.firstLine = section.firstLine
      capture.sources[section.path] = reading
    }
    // A log is no part of one moment, but where there is only one it may tell more of it.
    if count == 1, let log = KernelFileContents.log(in: text.whole) {
      capture.sources[log] = reading(text.whole)
    }
    capture.textMoment = textMoment(found, count: count)
    return capture
  }

  static func isOfLog(_ source: String) -> Bool {
    source == KmemleakFile.path || source == KernelFile.kernelLog.path
  }

  private func textMoment(_ found: Intake.Numbered, count: Int) -> TextMoment {
    var moment = TextMoment(text: reference, number: found.number, count: count)
    // What stands above a lone table is as likely prose: "For example:".
    moment.title = found.moment.mark?.words ?? (count > 1 ? found.moment.heading : nil)
    moment.machine = found.moment.machine
    moment.machines = text.intake.machines.sorted()
    moment.wallTime = found.wall
    moment.upTime = found.up
    moment.clock = found.clock
    moment.withoutYear = found.withoutYear
    return moment
  }

  /// By what the user can ask for the text.
  var reference: String { InputName.reference(to: name) }

  private func reading(_ bytes: [UInt8]) -> SourceReading {
    SourceReading(
      outcome: text.reason == nil ? .read : .truncated, reason: text.reason, bytes: bytes)
  }

  var remarks: [String] { (text.reason.map { [$0] } ?? []) + text.mendings }

  /// A log may hold a kmemleak report; a configuration may be one of several files.
  private static func agree(_ name: String, _ contents: String) -> Bool {
    name == contents || name.contains("config") && contents.contains("config")
      || name == KmemleakFile.path
  }

  /// What a file that kmemcheck itself wrote is for.
  private static func own(_ text: Span<UInt8>, _ name: String) -> String? {
    let beginning = text.extracting(0..<min(text.count, 1 << 12))
    if beginning.firstOffset(of: Array("SQLite format 3".utf8)) == 0 {
      return
        "\(name) is a history, as kmemcheck watch --record keeps one: kmemcheck watch --replay "
        + "\(name) judges it, kmemcheck export \(name) lists it"
    }
    guard text.contains("\"kmemcheck."), text.contains("\"schema\"") else { return nil }
    return "\(name) is an answer of kmemcheck's own: give the snapshot that it was made of"
  }

  /// Whether a tool tells in the text what programs leak.
  private static func isOfProgramLeaks(_ text: Span<UInt8>) -> Bool {
    var reader = ProgramLeakReader()
    var tells = false
    func receive(_ event: ProgramLeakEvent) {
      switch event {
      case .record, .summary, .clean, .inUse: tells = true
      default: break
      }
    }
    // A text that nobody understands may be large, and such a report begins soon.
    reader.read(text.extracting(0..<min(text.count, 1 << 20)), receive)
    reader.finish(receive)
    return tells
  }

  /// Whether the mappings of a process are all that is there, without one amount: `/proc/PID/maps`.
  private static func isOfMaps(_ moment: IntakeMoment) -> Bool {
    guard moment.sections.count == 1, moment.sections[0].path == SmapsText.file.path else {
      return false
    }
    let text = moment.sections[0].text
    return !text.span.contains(Array(" kB".utf8))
  }

  /// Whether a part of a kmemleak report, or kmemleak's own words, are in the text.
  private static func isOfKmemleak(_ text: Span<UInt8>) -> Bool {
    var reader = KmemleakReader()
    reader.read(text.extracting(0..<min(text.count, 1 << 20))) { _, _ in }
    reader.finish { _, _ in }
    // A stack of which no function allocates is any other's.
    let allocates = ["alloc", "strdup", "memdup"].contains { text.contains(Array($0.utf8)) }
    let isRest = reader.counts.headless > 0 && allocates
    return isRest || reader.counts.headers > 0 || !reader.statements.isEmpty
  }

  private var refusal: SourceError {
    guard !text.whole.isEmpty else {
      return SourceError(.badData, "\(name) is empty")
    }
    if let own = Self.own(text.whole.span, name) { return SourceError(.badData, own) }
    if Self.isOfProgramLeaks(text.whole.span) {
      return SourceError(
        .badData,
        "\(name) is a leak checker's report: kmemcheck leaks \(reference) reads it")
    }
    let complaint = KernelComplaint(in: text.whole.span)
    if complaint == nil, Self.isOfKmemleak(text.whole.span) {
      return SourceError(
        .badData,
        "\(name) is a part of a kmemleak report or log, which tells of lost objects and not of "
          + "memory in use: kmemcheck leaks \(reference) reads it")
    }
    if let complaint {
      return SourceError(.badData, "\(name) holds \(complaint.words)")
    }
    let beginning = [UInt8(ascii: "\n")] + text.whole.prefix(1 << 18)
    if let words = OtherText.words(for: beginning.span) {
      return SourceError(.badData, "\(name) \(words)")
    }
    return SourceError(
      .badData,
      "\(name) is nothing that kmemcheck understands: neither an archive nor one of "
        + "\(KernelFileNames.understood): docs/inputs.md tells what is read, and in which forms")
  }
}
