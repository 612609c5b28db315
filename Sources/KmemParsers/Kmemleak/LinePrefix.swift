/// What a log or a mail program puts before a line of a kmemleak report.
package struct LinePrefix: Hashable, Sendable {
  /// Where the line itself begins.
  package private(set) var end = 0
  /// Whether the kernel's log or syslog wrote it: a time, a level, a host.
  package private(set) var isLog = false
  /// Whether the kernel's log wrote it, and no other log: a time since boot, `kernel: `.
  private(set) var isKernel = false
  /// Whether `kmemleak: ` is in it, as in the kernel's log with `kmemleak.verbose=1`.
  package private(set) var hasMarker = false

  /// Where the kernel's own stamp is, without its brackets: seconds since boot.
  private(set) var stamp: Range<Int>?
  /// Where the task or processor is that printed the line, `T1234` or `C0`; nothing where it isn't told
  /// (5.1, CONFIG_PRINTK_CALLER).
  private(set) var caller: Range<Int>?
  /// Whether lines may begin with numbers of their own: `[ 1234]` is a process there, not a time.
  private var hasNumbers = false

  /// The prefix of a line that has none.
  package init() {}

  /// Finds where the prefix ends.
  package init(_ line: Span<UInt8>) {
    while end < line.count, let next = part(of: line, at: end) {
      end = line.offsetOfNonBlank(from: next)
    }
  }

  /// Finds where the prefix ends of a line whose own text may begin with numbers or with a bracket.
  init(ofLog line: Span<UInt8>) {
    hasNumbers = true
    let record = Self.record(line)
    if let record { caller = Self.caller(of: line, record: record) }
    end = record ?? Self.facility(line) ?? line.offsetOfNonBlank(from: 0)
    takeParts(of: line)
    // Whatever collectors, consoles and guests' logs put before it, the kernel's own stamp is the last.
    guard stamp == nil, let later = Self.stampedPlace(line, from: end) else { return }
    end = later
    takeParts(of: line)
  }

  /// Goes on behind something that isn't known to be a prefix by itself.
  mutating func goOn(at place: Int, in line: Span<UInt8>) {
    end = line.offsetOfNonBlank(from: place)
    takeParts(of: line)
  }

  private mutating func takeParts(of line: Span<UInt8>) {
    while end < line.count, let next = part(of: line, at: end) {
      end = line.offsetOfNonBlank(from: next)
    }
  }

  /// Where a bracket with seconds since boot begins among the next words.
  private static func stampedPlace(_ line: Span<UInt8>, from start: Int) -> Int? {
    var place = start
    while place < min(line.count, start + 120) {
      if line[place] == UInt8(ascii: "["), let end = bracket(line, place),
        line.extracting((place + 1)..<(end - 1)).stampedSeconds != nil
      {
        return place
      }
      place += 1
    }
    return nil
  }

  /// `caller=T123` in the head of a record.
  private static func caller(of line: Span<UInt8>, record: Int) -> Range<Int>? {
    guard let place = line.extracting(0..<record).offset(of: "caller=") else { return nil }
    return (place + 7)..<(record - 1)
  }

  /// Where a part of the prefix that begins here ends; nothing if none does.
  private mutating func part(of line: Span<UInt8>, at start: Int) -> Int? {
    switch line[start] {
    case UInt8(ascii: ">"), UInt8(ascii: "|"): return start + 1
    case UInt8(ascii: "<"): return noting(Self.level(line, start))
    case UInt8(ascii: "["):
      let end = hasNumbers ? logBracket(line, start) : Self.bracket(line, start)
      isKernel = isKernel || end.map { Self.isKernelTime(line, start, $0) } == true
      return noting(end)
    default: break
    }
    if line.holds("kmemleak: ", at: start) {
      hasMarker = true
      isKernel = true
      return start + 10
    }
    if let end = Self.tag(line, start) {
      isKernel = true
      return noting(end)
    }
    return noting((hasNumbers ? Self.wallTime : Self.time)(line, start))
  }

  /// Whether the brackets hold seconds since boot, or a date as `dmesg -T` writes it.
  ///
  /// Web servers write dates so too, and put a word in brackets behind them.
  private static func isKernelTime(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let text = line.extracting((start + 1)..<(end - 1)).trimmed()
    if text.stampedSeconds != nil { return true }
    let next = line.offsetOfNonBlank(from: end)
    let isWeb = next < line.count && line[next] == UInt8(ascii: "[")
    return !isWeb && text.count == 24 && text[3] == Ascii.space && text[13] == Ascii.colon
      && text.extracting(20..<24).decimal != nil
  }

  /// A bracket that holds a time with a fraction, a time of the wall, or a caller.
  private mutating func logBracket(_ line: Span<UInt8>, _ start: Int) -> Int? {
    guard let end = Self.bracket(line, start) else { return nil }
    let inner = (start + 1)..<(end - 1)
    let text = line.extracting(inner)
    guard text.trimmed().decimal == nil else { return nil }
    if stamp == nil, text.stampedSeconds != nil { stamp = inner }
    // `Tue Nov 24 10:00:00 2026` begins so too.
    let bare = text.trimmed()
    if caller == nil, bare.starts(with: "T") || bare.starts(with: "C"), !bare.contains(Ascii.colon)
    {
      caller = inner
    }
    return end
  }

  private mutating func noting(_ end: Int?) -> Int? {
    if end != nil { isLog = true }
    return end
  }

  /// A level: `<6>`.
  private static func level(_ line: Span<UInt8>, _ start: Int) -> Int? {
    var end = start + 1
    while end < line.count, Ascii.isDigit(line[end]) { end += 1 }
    guard end > start + 1, end < line.count, line[end] == UInt8(ascii: ">") else { return nil }
    return end + 1
  }

  /// A time or a caller: `[   12.345678]`, `[ T1234]`, `[Mon Nov 20 12:34:56 2026]`.
  private static func bracket(_ line: Span<UInt8>, _ start: Int) -> Int? {
    let inner = line.extracting((start + 1)..<min(line.count, start + 40))
    let end = inner.offset(ofByte: UInt8(ascii: "]"))
    guard end < inner.count else { return nil }
    let text = inner.extracting(0..<end).trimmed()
    guard !text.isEmpty else { return nil }
    let isTime = Ascii.isDigit(text[0]) || text.offset(ofByte: Ascii.colon) < text.count
    let isCaller =
      text.count > 1 && Ascii.isDigit(text[1])
      && (text[0] == UInt8(ascii: "T") || text[0] == UInt8(ascii: "C"))
    return isTime || isCaller ? start + end + 2 : nil
  }

  /// A time of the wall alone, which has colons.
  private static func wallTime(_ line: Span<UInt8>, _ start: Int) -> Int? {
    let word = line.extracting(start..<line.offsetOfBlank(from: start))
    return word.count >= 8 && word.contains(Ascii.colon) ? time(line, start) : nil
  }

  /// What `dmesg -x` writes: `kern  :warn  : `.
  private static func facility(_ line: Span<UInt8>) -> Int? {
    guard line.starts(with: "kern  :") else { return nil }
    let end = line.offset(ofByte: Ascii.colon, from: 7)
    return end < Swift.min(line.count, 20) ? line.offsetOfNonBlank(from: end + 1) : nil
  }

  /// The head of a record of `/dev/kmsg` or of the extended netconsole: `4,1234,5678901,-;`.
  private static func record(_ line: Span<UInt8>) -> Int? {
    guard !line.isEmpty, Ascii.isDigit(line[0]) else { return nil }
    let head = line.extracting(0..<Swift.min(line.count, 80))
    let end = head.offset(ofByte: UInt8(ascii: ";"))
    guard end < head.count, head.offset(ofByte: Ascii.comma) < end,
      head.offset(ofByte: Ascii.space) > end
    else { return nil }
    return end + 1
  }

  /// What syslog writes: `Nov 22 18:40:12 host kernel: `, or `kernel: ` alone.
  private static func tag(_ line: Span<UInt8>, _ start: Int) -> Int? {
    let beginning = line.extracting(start..<min(line.count, start + 120))
    if beginning.starts(with: "kernel: ") { return start + 8 }
    return beginning.offset(of: " kernel: ").map { start + $0 + 9 }
  }

  /// A time alone: `12:34:56`, `2026-11-22T18:40:12+00:00`, `12.345678`.
  private static func time(_ line: Span<UInt8>, _ start: Int) -> Int? {
    guard Ascii.isDigit(line[start]) else { return nil }
    let end = line.offsetOfBlank(from: start)
    let word = line.extracting(start..<end)
    guard end < line.count, word.count > 4,
      word.offset(ofByte: Ascii.colon) < word.count || word.offset(ofByte: 0x2e) < word.count
    else { return nil }
    return end
  }
}
