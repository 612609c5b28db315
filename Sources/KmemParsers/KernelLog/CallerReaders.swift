/// Reads a log in which several tasks and processors may print at once.
///
/// Where the kernel says who printed a line (5.1, CONFIG_PRINTK_CALLER), the lines of each are read by
/// themselves, and so are those of each machine where a log has those of several. Elsewhere one reader
/// has them all.
struct CallerReaders {
  /// What a collector puts before all lines, and no kernel.
  private let foreign: ForeignPrefix?
  /// Of lines without a caller.
  private var plain = MemoryReportReader()
  private var callers: [String: MemoryReportReader] = [:]
  /// The machine whose lines without a caller the plain reader has: the first that is named.
  private var machine: String?
  /// Whose line was read last, which one without anything before it goes on with.
  private var last: String?

  /// So many callers are told apart; a log has a report of each at most.
  private static let limit = 256

  init(foreign: ForeignPrefix?) { self.foreign = foreign }

  /// Reads one line without its newline; several, where a browser or another processor joined them.
  mutating func take(_ line: Span<UInt8>, number: Int) {
    guard isOpen || line.mayBeginReport else { return }
    var start = 0
    while start < line.count {
      let rest = line.extracting(start..<line.count)
      let prefix = prefix(of: rest)
      let end = rest.offsetOfStamp(from: prefix.end + 1) ?? rest.count
      take(rest.extracting(0..<end), prefix, number)
      start += end
    }
  }

  /// Whether some report isn't over.
  var isOpen: Bool { plain.current != nil || !callers.isEmpty }

  private func prefix(of line: Span<UInt8>) -> LinePrefix {
    var prefix = LinePrefix(ofLog: line)
    if let place = foreign?.end(in: line, from: prefix.end) { prefix.goOn(at: place, in: line) }
    return prefix
  }

  private mutating func take(_ line: Span<UInt8>, _ prefix: LinePrefix, _ number: Int) {
    guard isOpen || line.mayBeginReport else { return }
    last = prefix.isLog || prefix.caller != nil ? key(line, prefix) : last
    guard let key = last else { return plain.take(line, prefix, number: number) }
    if line.offset(of: "Linux version ") != nil { return boot(line, prefix, number) }
    if callers[key] != nil {
      callers[key]?.take(line, prefix, number: number)
    } else if line.mayBeginReport, callers.count < Self.limit {
      var reader = MemoryReportReader()
      reader.release = plain.release
      reader.take(line, prefix, number: number)
      callers[key] = reader
    }
  }

  /// Whose line it is; nothing for one that the plain reader has.
  private mutating func key(_ line: Span<UInt8>, _ prefix: LinePrefix) -> String? {
    let caller = prefix.caller.map { line.extracting($0).trimmed().text }
    guard let host = line.logHost else { return caller }
    machine = machine ?? host
    return machine == host ? caller : "\(host) \(caller ?? "")"
  }

  /// A kernel boots: nobody of the last boot prints on.
  private mutating func boot(_ line: Span<UInt8>, _ prefix: LinePrefix, _ number: Int) {
    plain.take(line, prefix, number: number)
    for key in callers.keys { callers[key]?.take(line, prefix, number: number) }
  }

  /// All reports, in the order in which they begin.
  var reports: [MemoryReport] {
    ([plain] + callers.values).flatMap { reader in
      var reader = reader
      reader.close()
      return reader.reports
    }
    .sorted { $0.line < $1.line }
  }
}

/// What a collector puts before each line of a log, behind what all logs have: `stderr F `, `(XEN) `.
struct ForeignPrefix {
  private let bytes: [UInt8]

  /// Learns it from the first line whose own words are known; nothing where it has none before them.
  init?(of text: Span<UInt8>) {
    guard let place = text.offset(of: "Mem-Info:") ?? text.offset(of: "Mem-info:") else {
      return nil
    }
    var start = place
    while start > 0, text[start - 1] != 0x0A { start -= 1 }
    let line = text.extracting(start..<place + 9)
    let end = LinePrefix(ofLog: line).end
    guard end < place - start, place - start < 100 else { return nil }
    var bytes: [UInt8] = []
    for index in end..<(place - start) { bytes.append(line[index]) }
    self.bytes = bytes
  }

  /// Where it ends in a line, if it stands there; any digit stands for any other.
  func end(in line: Span<UInt8>, from start: Int) -> Int? {
    guard line.count - start >= bytes.count else { return nil }
    for (index, byte) in bytes.enumerated() {
      let own = line[start + index]
      guard own == byte || Ascii.isDigit(own) && Ascii.isDigit(byte) else { return nil }
    }
    return start + bytes.count
  }
}

extension Span<UInt8> {
  /// Where the next stamp of the kernel's begins: seconds and six digits in brackets, `[   12.345678]`.
  fileprivate func offsetOfStamp(from start: Int) -> Int? {
    var place = offset(ofByte: UInt8(ascii: "["), from: start)
    while place < count {
      let inner = extracting((place + 1)..<Swift.min(count, place + 20))
      let end = inner.offset(ofByte: UInt8(ascii: "]"))
      if end < inner.count, end > 7, inner[end - 7] == UInt8(ascii: "."),
        inner.extracting(0..<end).stampedSeconds != nil
      {
        return place
      }
      place = offset(ofByte: UInt8(ascii: "["), from: place + 1)
    }
    return nil
  }
}
