internal import KmemParsers

/// Reads a text that people pasted, piece by piece, and hands over the kernel files in it, those of
/// one moment together.
///
/// Which lines are whose is told by the declarations of the kernel files alone. Memory is needed for
/// one moment: a text may be longer than that.
package struct IntakeReader {
  /// The text from `base` on, as far as it is needed.
  private var buffer: [UInt8] = []
  private var base = 0
  /// Where the next line begins in the whole text.
  private var next = 0
  private var number = 0

  private var open: OpenSection?
  /// The path that the last line announced.
  private var announced: String?
  /// Lines just above that are no file's so far: a file may begin before its first line with a sign.
  private var run: [(start: Int, number: Int)] = []
  private var mark: TimeMark?
  private var stamps = LineStamps()
  /// Lines that are no file's, behind the last one that is: prose, as a rule.
  private var linesBetween = 0
  /// The last line that is none of the above: words about what comes next, perhaps.
  private var above: Range<Int>?
  private var moment = IntakeMoment()
  /// The machine that the text named last.
  private var machine: String?
  /// A name that stands alone below a line of dashes, and perhaps above another: that of a machine.
  private var ruled = RuledName()

  /// The most bytes kept of one file; more lines of it are passed over.
  private let limit: Int

  /// A time that stands behind the last file of the text.
  package var leftover: TimeMark? { mark }

  /// A reader that has read nothing yet.
  package init(limit: Int = 256 << 20) { self.limit = limit }

  /// A reader of the lines of one machine among those of others, the first of which has that number.
  init(limit: Int, machine: String) {
    self.limit = limit
    self.machine = machine
  }

  /// How many lines were read, or handed to other readers.
  var lines: Int {
    get { number }
    set { number = newValue }
  }

  /// Whether lines of a kernel file are coming in, or the moment has some.
  var isInFile: Bool { open != nil || !moment.sections.isEmpty }

  /// Whether the last line that was handed over has no end yet.
  var isInLine: Bool { next < base + buffer.count }

  /// Reads the next piece, which may end anywhere, and hands over the moments that ended in it.
  package mutating func read(
    _ piece: Span<UInt8>, stamps next: [LineStamp] = [], _ receive: (IntakeMoment) -> Void
  ) {
    stamps.add(next, behind: number)
    var start = 0
    while start < piece.count {
      let newline = piece.offset(ofByte: Ascii.newline, from: start)
      let end = min(newline + 1, piece.count)
      buffer.append(piece.extracting(start..<end))
      start = end
      guard newline < piece.count else { break }
      readLine(end: base + buffer.count, receive)
    }
    forget()
  }

  /// Hands over the last moment once the text has ended.
  package mutating func finish(_ receive: (IntakeMoment) -> Void) {
    if next < base + buffer.count { readLine(end: base + buffer.count, receive) }
    closeSection(receive)
    closeMoment(receive)
    buffer = []
  }

  /// Drops what no file can need any more.
  private mutating func forget() {
    let needed = min(open?.start ?? next, run.first?.start ?? next, above?.lowerBound ?? next)
    guard needed - base > max(1 << 16, buffer.count / 2) else { return }
    buffer.removeFirst(needed - base)
    base = needed
  }
}

extension IntakeReader {
  private mutating func readLine(end: Int, _ receive: (IntakeMoment) -> Void) {
    let range = next..<end
    next = end
    number += 1
    if stamps.move(to: number) { closeSection(receive) }
    let found = classify(range)
    switch found.line {
    case .blank:
      announced = open?.kind == nil ? nil : announced
      if open?.kind == nil { closeSection(receive) }
      run = []
      return
    case .announcement(let announcement):
      closeSection(receive)
      run = []
      announced = announcement.path
      if let machine = announcement.machine { move(to: machine, receive) }
      return
    case .time(let time):
      closeSection(receive)
      run = []
      take(time)
    case .single: readSingle(range, receive)
    case .row(let kind, let sign): readRow(range, kind, sign, found.key, receive)
    case .odd(let isInside): readOdd(range, isInside: isInside, receive)
    }
    announced = nil
  }

  /// Takes a time for what comes next; of two, the first is that of what came before.
  private mutating func take(_ time: TimeMark) {
    guard let first = mark else {
      mark = time
      return
    }
    if !first.isClose(to: time), !moment.sections.isEmpty, moment.mark == nil {
      moment.mark = first
    }
    mark = first.joined(with: time)
  }

  private func classify(_ range: Range<Int>) -> (line: LineClass, key: UInt64?) {
    let line = buffer.span.extracting(range.lowerBound - base..<range.upperBound - base).lineBody
    let found = LineClass(line, in: open, announced: announced)
    guard case .row = found else { return (found, nil) }
    return (found, line.rowKey)
  }

  private mutating func readRow(
    _ range: Range<Int>, _ kind: Int, _ sign: LineSign?, _ key: UInt64?,
    _ receive: (IntakeMoment) -> Void
  ) {
    if let open, open.kind != kind || isAgain(sign, key, open) { closeSection(receive) }
    if open == nil { begin(kind, range, key) }
    guard var section = open else { return }
    if section.lines > 0, key == section.firstKey || key == section.lastKey,
      section.form?.recurrence == .mayTell
    {
      section.mayRepeat = true
    }
    section.lastKey = key
    section.hasFirst = section.hasFirst || sign == .first
    section.hasOthers = section.hasOthers || sign == nil
    section.lines += 1
    section.oddLines = 0
    linesBetween = 0
    if range.upperBound - section.start <= limit { section.end = range.upperBound }
    open = section
    run = []
  }

  /// Whether a file begins again with the line.
  private func isAgain(_ sign: LineSign?, _ key: UInt64?, _ open: OpenSection) -> Bool {
    if sign == .first, open.hasFirst { return true }
    guard open.lines > 0, let key, key == open.firstKey, let form = open.form else { return false }
    return switch form.recurrence {
    case .tells: true
    case .mayTell: sign != nil && (open.hasOthers || open.oddLines > 0)
    case .tellsNothing: false
    }
  }

  /// Begins a file, with the lines above that may be its too.
  private mutating func begin(_ kind: Int, _ range: Range<Int>, _ key: UInt64?) {
    let form = OpenSection.forms[kind]
    let heading = takeHeading()
    var (start, line, lines) = (range.lowerBound, number, 0)
    var end = start
    var firstKey = key
    for above in run.reversed() {
      let text = buffer.span.extracting(above.start - base..<end - base).lineBody
      guard form.holds(text) == true else { break }
      (start, line, end) = (above.start, above.number, above.start)
      lines += 1
      firstKey = text.rowKey
    }
    open = OpenSection(
      kind: kind, path: form.file.path, start: start, end: range.upperBound, firstLine: line,
      firstKey: firstKey, hasOthers: lines > 0, lines: lines, mark: mark ?? stamps.current,
      heading: heading)
    open?.follows = linesBetween == 0 && announced == nil && mark == nil
    open?.isApart =
      linesBetween >= Self.fewestBetween || announced.map { $0 != form.file.path } ?? false
    mark = nil
  }

  /// So many lines of prose part what stands above them from what stands below.
  private static let fewestBetween = 3

  private mutating func readSingle(_ range: Range<Int>, _ receive: (IntakeMoment) -> Void) {
    run = []
    if open?.kind != nil || open?.path != announced && announced != nil { closeSection(receive) }
    if open == nil, let announced {
      let heading = takeHeading()
      open = OpenSection(
        kind: nil, path: announced, start: range.lowerBound, end: range.upperBound,
        firstLine: number, mark: mark ?? stamps.current, heading: heading)
      mark = nil
    }
    open?.lines += 1
    open?.end = range.upperBound
  }

  /// So many lines that aren't the file's end it.
  private static let mostOddLines = 20

  private mutating func readOdd(
    _ range: Range<Int>, isInside: Bool, _ receive: (IntakeMoment) -> Void
  ) {
    if isInside, var section = open {
      section.lines += 1
      section.hasOthers = true
      if range.upperBound - section.start <= limit { section.end = range.upperBound }
      open = section
      return
    }
    if open?.kind == nil { closeSection(receive) }
    takeRule(range, receive)
    open?.oddLines += 1
    linesBetween += 1
    if let open, open.oddLines > Self.mostOddLines { closeSection(receive) }
    if run.count < 100 { run.append((range.lowerBound, number)) } else { run = [] }
    above = range
  }

  /// Takes a name between two lines of dashes for that of the machine whose answer comes next.
  private mutating func takeRule(_ range: Range<Int>, _ receive: (IntakeMoment) -> Void) {
    var rules = ruled
    let name = rules.take(
      buffer.span.extracting(range.lowerBound - base..<range.upperBound - base).lineBody)
    ruled = rules
    if let name { move(to: name, receive) }
  }

  /// The words above what begins now.
  private mutating func takeHeading() -> String? {
    guard let range = above else { return nil }
    above = nil
    let line = buffer.span.extracting(range.lowerBound - base..<range.upperBound - base).lineBody
    return line.shortText.flatMap(MomentHeading.init(line:))?.words
  }

  private mutating func closeSection(_ receive: (IntakeMoment) -> Void) {
    guard let section = open else { return }
    open = nil
    if let form = section.form, section.lines < form.fewestLines { return }
    let text = Array(buffer[section.start - base..<section.end - base])
    let parts = Repetition.parts(of: text, section)
    for (index, part) in parts.enumerated() {
      place(part.0, of: section, lines: part.1, isAnother: index > 0, receive)
    }
  }

  /// Puts a file into its moment.
  private mutating func place(
    _ text: [UInt8], of section: OpenSection, lines: Int, isAnother: Bool,
    _ receive: (IntakeMoment) -> Void
  ) {
    let mark = isAnother ? nil : section.mark
    if isAnother || moment.ends(before: section, text, mark) {
      let above = isAnother || !section.follows ? [] : moment.takeApart()
      closeMoment(receive)
      for section in above { moment.add(section) }
    }
    moment.mark = moment.mark ?? mark
    moment.heading = moment.heading ?? (isAnother ? nil : section.heading)
    moment.noteApart(section)
    moment.add(
      IntakeSection(path: section.path, text: text, firstLine: section.firstLine + lines))
  }

  /// Takes what comes next for another machine's.
  private mutating func move(to name: String, _ receive: (IntakeMoment) -> Void) {
    if let machine, machine != name {
      closeSection(receive)
      closeMoment(receive)
    }
    machine = name
  }

  private mutating func closeMoment(_ receive: (IntakeMoment) -> Void) {
    moment.machine = machine
    if !moment.sections.isEmpty { receive(moment) }
    moment = IntakeMoment()
  }
}
