/// Reads the text of `/proc/PID/smaps` piece by piece, one mapping after another.
///
/// A process may have 65,530 mappings by default and millions by setting (`vm.max_map_count`): the
/// text is then larger than what is known of them.
package struct SmapsReader: Sendable {
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []
  /// Whether no line with anything in it has come yet.
  private(set) var isBlank = true
  private var current: Smaps.Mapping?
  /// Whether `current` is there: to compare it with nothing copies it, for each line.
  private var hasCurrent = false
  private var carried: [UInt8] = []
  private var lineNumber = 0
  private var hint = 0

  /// A reader that has read nothing yet.
  package init() {}

  /// Reads the next piece, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>, _ receive: (Smaps.Mapping) -> Void) {
    var start = 0
    while start < piece.count {
      let end = piece.offset(ofByte: Ascii.newline, from: start)
      let part = piece.extracting(start..<end)
      guard end < piece.count else { return carry(part) }
      if carried.isEmpty {
        take(part, receive)
      } else {
        carry(part)
        takeCarried(receive)
      }
      start = end + 1
    }
  }

  /// Hands over the last mapping once the text has ended.
  package mutating func finish(_ receive: (Smaps.Mapping) -> Void) {
    if !carried.isEmpty { takeCarried(receive) }
    if let last = current, !last.amounts.has(.rss) {
      remarks.note(line: lineNumber, "the text ends within the last mapping")
    }
    close(receive)
  }

  private mutating func close(_ receive: (Smaps.Mapping) -> Void) {
    if let mapping = current { receive(mapping) }
    current = nil
    hasCurrent = false
  }

  private mutating func carry(_ part: Span<UInt8>) {
    // A path is at most 4096 bytes long; what is longer is no line of this file's.
    guard carried.count + part.count <= 1 << 16 else { return }
    for index in part.indices { carried.append(part[index]) }
  }

  private mutating func takeCarried(_ receive: (Smaps.Mapping) -> Void) {
    let line = carried
    carried = []
    take(line.span, receive)
  }
}

extension SmapsReader {
  /// Takes one whole line.
  mutating func take(_ line: Span<UInt8>, _ receive: (Smaps.Mapping) -> Void) {
    lineNumber += 1
    let line = line.trimmed()
    guard !line.isEmpty else { return }
    isBlank = false
    if let colon = Self.endOfName(line) {
      let value = line.extracting((colon + 1)..<line.count).trimmed()
      return amount(line.extracting(0..<colon), value)
    }
    guard let mapping = Smaps.Mapping(header: line) else {
      return remarks.note(line: lineNumber, "no line of this file: neither a mapping nor an amount")
    }
    close(receive)
    current = mapping
    hasCurrent = true
    hint = 0
  }

  /// Where the name of an amount ends; nothing if the line doesn't begin with one.
  private static func endOfName(_ line: Span<UInt8>) -> Int? {
    let colon = line.offset(ofByte: Ascii.colon)
    guard colon < line.count, line.extracting(0..<colon).isCounterName else { return nil }
    return colon
  }

  private mutating func amount(_ name: Span<UInt8>, _ value: Span<UInt8>) {
    guard hasCurrent else {
      return remarks.note(line: lineNumber, "\(name.text) stands before the first mapping")
    }
    if name.equals("VmFlags") {
      current?.flags = value.text
    } else if name.equals("Name") {
      // Android prints the name that a program gave to a mapping behind the header.
      if current?.path.isEmpty == true { current?.path = value.text }
    } else if let key = SmapsAmounts.Key.names.key(name, hint: &hint) {
      kibibytes(key, name, value)
    } else {
      current?.amounts.others.append(.init(name: name.text, value: value.text))
    }
  }

  private mutating func kibibytes(
    _ key: SmapsAmounts.Key, _ name: Span<UInt8>, _ value: Span<UInt8>
  ) {
    var fields = Fields(value)
    guard let number = fields.nextDecimal(), let unit = fields.next(), unit.equals("kB") else {
      return remarks.note(
        line: lineNumber, "\(name.text) has a value that isn't a 64-bit number of kB")
    }
    if current?.amounts.set(key, kibibytes: number) == false {
      remarks.note(line: lineNumber, "\(name.text) occurs again; the first one counts")
    }
  }
}
