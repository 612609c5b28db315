/// Reads the reports of LeakSanitizer, alone or within another sanitizer.
///
/// Its lines don't name their process: only the first one of a report does.
struct SanitizerReader: Sendable {
  private var record: ProgramLeakRecord?
  /// The numbers of the frames of the open record, as the lines have them.
  private var numbers: [Int] = []
  /// The last frame has no place yet, which may stand in the next line of a wrapped text.
  private var isPlaceOpen = false
  /// What is known of that frame, behind its number.
  private var openFrame: [UInt8] = []
  /// How long the last line was.
  private var width = 0
  /// The blank lines above the one at hand.
  private var blanks = 0
  /// A blank line stands between all lines, as in a text that was copied from a page: one ends nothing.
  private var isDoubleSpaced = false
  /// A blank line, or one that says that the stack is empty, has ended the record.
  private var isEnded = false
  /// The processes whose reports have begun and not ended.
  private var open: [Int64?] = []
  /// Whether a report ended, and none has begun since, while another one was open.
  private var isOverlapEnded = false
  private var loose = LooseRecords()
  private var hasError = false
  /// A list of the suppressions that left something out was read.
  private var hasSuppressions = false
  /// A report or a record was read.
  private var hasReport = false

  /// Whether no record is open.
  var isIdle: Bool { record == nil && !isPlaceOpen }

  /// Reads a line without the mark of its process.
  ///
  /// - Returns: whether it is one of a sanitizer.
  mutating func read(
    _ line: Span<UInt8>, process: Int64?, _ number: Int, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    let text = line.trimmed()
    if text.isEmpty {
      blanks += 1
      isEnded = isEnded || record != nil && (!isDoubleSpaced || blanks > 1)
      isPlaceOpen = isPlaceOpen && isDoubleSpaced
      return false
    }
    defer { (blanks, width) = (0, line.count) }
    if let (kind, amount) = SanitizerLine.leak(text) {
      begin(kind, amount, number, receive)
      return true
    }
    if let frame = SanitizerFrame(text), frame.hasAddress || isNext(frame) {
      return take(frame, text, receive)
    }
    if isPlaceOpen, continueFrame(text) { return true }
    isPlaceOpen = false
    if text.offset(of: "<empty stack>") != nil { isEnded = true }
    if text.equals("Suppressions used:") { hasSuppressions = true }
    guard text.offset(of: "Sanitizer") != nil else { return readFragment(text, receive) }
    return readStatement(text, process, receive)
  }

  mutating func finish(_ receive: ProgramLeakReader.Receiver) {
    close(receive)
    loose.flush(receive)
    if hasSuppressions, !hasReport {
      receive(.error("LeakSanitizer's list of suppressions used", process: nil))
    }
  }

  // MARK: Records

  private var isOverlapping: Bool { open.count > 1 }

  private mutating func begin(
    _ kind: ProgramLeakKind, _ amount: ProgramLeakAmount, _ number: Int,
    _ receive: ProgramLeakReader.Receiver
  ) {
    // No report has one record right below the first line of another.
    if record != nil, numbers.isEmpty, !isEnded { loose.mix() }
    if record != nil, isOverlapping, !isEnded { loose.mix() }
    close(receive)
    hasReport = true
    record = ProgramLeakRecord(
      .sanitizer, process: open.last ?? nil, kind: kind, amount: amount, line: number)
    isEnded = false
  }

  /// Whether the frame is the one that the open record's stack goes on with.
  private func isNext(_ frame: SanitizerFrame) -> Bool {
    frame.number == (numbers.last.map { $0 + 1 } ?? 0)
  }

  private mutating func take(
    _ frame: SanitizerFrame, _ text: Span<UInt8>, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    guard record != nil else { return false }
    // No tool prints a blank line between a record's first line and its stack.
    if isEnded, blanks == 1, numbers.isEmpty, frame.number == 0, !isOverlapping {
      (isDoubleSpaced, isEnded) = (true, false)
    }
    if isEnded, frame.number > 0 || isOverlapping { loose.mix() }
    if numbers.isEmpty, frame.number != 0 { loose.mix() }
    if isOverlapping, let last = numbers.last, frame.number != last + 1 { loose.mix() }
    guard numbers.count < 1000 else { return true }
    numbers.append(frame.number)
    let rest = text.extracting(frame.end..<text.count)
    let parsed = ProgramFrame(sanitizer: rest)
    record?.frames.append(parsed)
    isPlaceOpen = parsed.hasNoPlace
    openFrame = isPlaceOpen ? rest.copy : []
    return true
  }

  /// Adds what a mailer put on the line below its frame: the place, or the rest of a long name.
  private mutating func continueFrame(_ text: Span<UInt8>) -> Bool {
    let isPlace = text.beginsPlace && ProgramFrame(sanitizer: text).function == nil
    guard let index = record?.frames.indices.last, isPlace || isWrapped(before: text) else {
      return false
    }
    openFrame.append(Ascii.space)
    openFrame += text.copy
    let frame = ProgramFrame(sanitizer: openFrame.span)
    record?.frames[index] = frame
    isPlaceOpen = frame.hasNoPlace
    return true
  }

  /// Whether the last line was broken for want of room: the next word would have made it longer than
  /// mailers let lines be.
  private func isWrapped(before text: Span<UInt8>) -> Bool {
    guard blanks == 0, openFrame.count < 4096, text.offset(of: "Sanitizer") == nil,
      !text.starts(with: "==="), !text.starts(with: "---")
    else { return false }
    return width + 1 + text.offsetOfBlank(from: 0) > 64
  }

  /// Ends the open record.
  ///
  /// A number that comes twice tells that another stack's frames stand among its own: those before it
  /// are sure.
  private mutating func close(_ receive: ProgramLeakReader.Receiver) {
    guard var closed = record else { return }
    record = nil
    var seen: [Int: Int] = [:]
    for number in numbers { seen[number, default: 0] += 1 }
    let sure = numbers.firstIndex { seen[$0] != 1 } ?? numbers.count
    closed.frames = Array(closed.frames.prefix(numbers.first == 0 ? sure : 0))
    numbers = []
    isEnded = false
    isPlaceOpen = false
    loose.add(closed, receive)
    if !isOverlapping, !isOverlapEnded, !loose.isMixed { loose.flush(receive) }
  }

  // MARK: Statements

  private mutating func readStatement(
    _ text: Span<UInt8>, _ process: Int64?, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    if text.offset(of: "LeakSanitizer: detected memory leaks") != nil {
      beginReport(process, receive)
      return true
    }
    if text.offset(of: "LeakSanitizer has encountered a fatal error") != nil
      || text.offset(of: "LeakSanitizer: fatal error") != nil
      || text.offset(of: "LeakSanitizer may hang") != nil
    {
      receive(
        .failed(text.string(0, text.count - (text[text.count - 1] == UInt8(ascii: ".") ? 1 : 0))))
      return true
    }
    if let amount = SanitizerLine.sum(text) {
      endReport(amount, process, receive)
      return true
    }
    // The last line of a report says again what the first one said.
    if hasError, text.offset(of: "SUMMARY: ") != nil { return true }
    if let error = SanitizerLine.error(text) {
      close(receive)
      hasError = true
      receive(.error(error, process: process))
      return true
    }
    return false
  }

  private mutating func beginReport(_ process: Int64?, _ receive: ProgramLeakReader.Receiver) {
    if isOverlapEnded { endOverlap(receive) }
    hasReport = true
    close(receive)
    if open.isEmpty { loose.flush(receive) }
    if open.count < 1000 { open.append(process) }
    receive(.began(.sanitizer, process: process))
  }

  /// A report's sum ends it; where two reports are open and both end, their lines were mixed.
  private mutating func endReport(
    _ amount: ProgramLeakAmount, _ process: Int64?, _ receive: ProgramLeakReader.Receiver
  ) {
    close(receive)
    let wasOverlapping = isOverlapping
    if isOverlapEnded { loose.mix() }
    let own = process ?? (wasOverlapping || isOverlapEnded ? nil : open.last ?? nil)
    if open.isEmpty, !isOverlapEnded {
      receive(.began(.sanitizer, process: own))
    } else if !open.isEmpty {
      open.removeLast()
    }
    isOverlapEnded = !open.isEmpty
    if !isOverlapEnded { loose.flush(receive) }
    receive(.summary(.sanitizer, process: own, [.leaked: amount]))
  }

  /// A report that was open while another one began had been cut: nothing of it came later.
  private mutating func endOverlap(_ receive: ProgramLeakReader.Receiver) {
    open = []
    isOverlapEnded = false
    loose.flush(receive)
  }

  /// A part of a report on another error, of which the first line is missing.
  private mutating func readFragment(
    _ text: Span<UInt8>, _ receive: ProgramLeakReader.Receiver
  ) -> Bool {
    let isPart =
      text.starts(with: "freed by thread T")
      || text.starts(with: "previously allocated by thread T")
      || text.offset(of: " is located ") != nil && text.offset(of: "-byte region") != nil
        && text.offset(of: "buggy address") == nil
    guard isPart else { return false }
    close(receive)
    if !hasError { receive(.error("a part of an AddressSanitizer report", process: nil)) }
    hasError = true
    return true
  }
}

extension ProgramFrame {
  /// Whether neither a file of source nor an object is known.
  fileprivate var hasNoPlace: Bool { file == nil && object == nil }
}

extension Span<UInt8> {
  /// Whether a path or an object in parentheses begins here.
  fileprivate var beginsPlace: Bool {
    self[0] == UInt8(ascii: "(") || self[0] == UInt8(ascii: "/") || starts(with: "../")
      || starts(with: "./")
  }

  fileprivate var copy: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return bytes
  }
}
