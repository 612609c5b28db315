internal import KmemParsers

/// Tells UTF-16 and byte order marks from the first bytes of a text, and turns it into UTF-8.
///
/// PowerShell and editors of Windows write UTF-16, with a mark or without.
struct TextEncoding: Sendable {
  private enum Form { case undecided, bytes, little, big }

  private var form = Form.undecided
  /// The first bytes, until the form is known; then the half of a unit.
  private var held: [UInt8] = []
  private var highSurrogate: UInt32?
  private var hadMark = false

  /// What was mended, if anything.
  var mending: Mending? {
    switch form {
    case .little, .big: .utf16
    case .bytes: hadMark ? .byteOrderMark : nil
    case .undecided: nil
    }
  }

  /// Whether the text is known to be taken as it is.
  var isPlain: Bool { form == .bytes }

  /// The piece in UTF-8; nothing if it is to be taken as it is.
  mutating func decode(_ piece: Span<UInt8>) -> [UInt8]? {
    guard form == .undecided else {
      return form == .bytes ? nil : units(piece)
    }
    // The piece isn't copied if it tells the form alone.
    if held.isEmpty, piece.count >= Self.enough {
      decide(piece)
      if form == .bytes, !hadMark { return nil }
      return rest(piece)
    }
    held.append(piece)
    guard held.count >= Self.enough else { return [] }
    return decideHeld()
  }

  /// What is left once the text has ended.
  mutating func finish() -> [UInt8] { form == .undecided ? decideHeld() : [] }

  private static let enough = 512

  private mutating func decideHeld() -> [UInt8] {
    let bytes = held
    held = []
    decide(bytes.span)
    return rest(bytes.span)
  }

  private mutating func decide(_ text: Span<UInt8>) {
    if text.starts(with: "\u{FEFF}") {
      hadMark = true
      form = .bytes
    } else if text.count >= 2, text[0] == 0xFF, text[1] == 0xFE {
      hadMark = true
      form = .little
    } else if text.count >= 2, text[0] == 0xFE, text[1] == 0xFF {
      hadMark = true
      form = .big
    } else {
      form = Self.unmarked(text)
    }
  }

  /// Plain letters in UTF-16 have a zero in each unit, always on the same side.
  private static func unmarked(_ text: Span<UInt8>) -> Form {
    var (zeroes, letters) = ([0, 0], [0, 0])
    let count = min(text.count, enough) & ~1
    for index in 0..<count {
      let byte = text[index]
      if byte == 0 { zeroes[index & 1] += 1 }
      let isLetter = byte >= 32 && byte < 127 || byte == Ascii.newline || byte == Ascii.tab
      if isLetter || byte == Ascii.carriageReturn { letters[index & 1] += 1 }
    }
    let most = count / 2 * 9 / 10
    guard count >= 16 else { return .bytes }
    if zeroes[1] > most, letters[0] > most { return .little }
    return zeroes[0] > most && letters[1] > most ? .big : .bytes
  }

  private mutating func rest(_ text: Span<UInt8>) -> [UInt8] {
    let mark = hadMark ? (form == .bytes ? 3 : 2) : 0
    let rest = text.extracting(mark..<text.count)
    guard form == .bytes else { return units(rest) }
    var bytes: [UInt8] = []
    bytes.append(rest)
    return bytes
  }

  private mutating func units(_ piece: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(piece.count / 2 + 1)
    for index in piece.indices {
      guard let first = held.popLast() else {
        held.append(piece[index])
        continue
      }
      let (low, high) = form == .little ? (first, piece[index]) : (piece[index], first)
      add(UInt32(high) << 8 | UInt32(low), to: &result)
    }
    return result
  }

  private mutating func add(_ unit: UInt32, to result: inout [UInt8]) {
    if unit & 0xFC00 == 0xD800 {
      highSurrogate = unit
      return
    }
    var value = unit
    if unit & 0xFC00 == 0xDC00, let high = highSurrogate {
      value = 0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF
    }
    highSurrogate = nil
    result.append(contentsOf: String(UnicodeScalar(value) ?? "\u{FFFD}").utf8)
  }
}
