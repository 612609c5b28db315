extension KmemleakReader {
  /// Notes what a line says of kmemleak itself; false if it says nothing.
  mutating func takeStatement(
    _ line: Span<UInt8>, _ prefix: LinePrefix, _ receive: Receiver
  ) -> Bool {
    guard let message = KmemleakMessage.message(in: line) else { return false }
    // What kmemleak says comes behind its objects, unless something else was printed meanwhile.
    if current.part == .stack, hasFrames { close(receive) }
    let text = line.extracting(min(prefix.end, line.count)..<line.count)
    note(message.meaning, text)
    counts.otherLines += 1
    return true
  }

  private mutating func note(_ meaning: KmemleakMessage.Meaning, _ text: Span<UInt8>) {
    var statement =
      statements[meaning]
      ?? KmemleakStatement(
        meaning: meaning, firstLine: counts.lines, lastLine: counts.lines, text: "", count: 0,
        objects: 0)
    statement.lastLine = counts.lines
    statement.text = text.extracting(0..<min(200, text.count)).text
    statement.count += 1
    if meaning == .announced {
      let objects = countsAnew(text) ? text.numberOfAnnounced.flatMap(Int64.init(exactly:)) ?? 0 : 0
      statement.objects = statement.objects.addingReportingOverflow(objects).partialValue
    }
    statements[meaning] = statement
  }

  /// Whether the number that a line announces wasn't counted yet.
  ///
  /// The title of a report names it, and the log below it prints the same one.
  private mutating func countsAnew(_ text: Span<UInt8>) -> Bool {
    guard let number = text.numberOfAnnounced else { return true }
    guard text.isQuotedAnnouncement else {
      announced.insert(number)
      return quoted.remove(number) == nil
    }
    let isKnown = announced.contains(number) || quoted.contains(number)
    if !isKnown, quoted.count < 100 { quoted.insert(number) }
    return !isKnown
  }
}

extension Span<UInt8> {
  /// The number in `17 new suspected memory leaks`.
  fileprivate var numberOfAnnounced: UInt64? {
    guard let end = offset(of: " new suspected memory leaks") else { return nil }
    var start = end
    while start > 0, Ascii.isDigit(self[start - 1]) { start -= 1 }
    return extracting(start..<end).decimal
  }

  /// Whether words stand before kmemleak's name, as where somebody tells of the line.
  fileprivate var isQuotedAnnouncement: Bool {
    guard let name = offset(of: "kmemleak: "), name > 0 else { return false }
    var words = 0
    for index in 0..<name {
      // Times, processors and other marks of logs have digits.
      if Ascii.isDigit(self[index]) || self[index] == UInt8(ascii: "[") { return false }
      words += self[index] == Ascii.space ? 1 : 0
    }
    return words > 2
  }

  /// Whether the line is one that only a kernel's log has, though no time stands before it.
  var isKernelLog: Bool {
    starts(with: "Kernel command line: ") || starts(with: "Call Trace:")
      || starts(with: "Call trace:")
      || starts(with: "Modules linked in:") || starts(with: "Mem-Info:")
      || offset(of: " invoked oom-killer: ") != nil
  }
}
