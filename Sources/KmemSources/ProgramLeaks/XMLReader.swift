internal import CExpat

/// Takes XML apart, piece by piece, with expat.
///
/// Nothing outside the text is read: a document that declares its own type, and with it entities, is
/// refused. Depth and text of elements are bounded.
@safe final class XMLReader {
  /// Called at the beginning of each element, with its name and line.
  var open: (String, Int) -> Void = { _, _ in }
  /// Called at the end of each element, with the text in it.
  var close: (String) -> Void = { _ in }

  private let parser: XML_Parser?
  private var depth = 0
  private var text: [UInt8] = []

  private static let deepest = 64
  private static let longestText = 1 << 16

  init() {
    unsafe parser = XML_ParserCreate("UTF-8")
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { reader, name, _ in
        guard let reader = unsafe reader, let name = unsafe name else { return }
        unsafe XMLReader.of(reader).began(String(cString: name))
      },
      { reader, _ in
        guard let reader = unsafe reader else { return }
        unsafe XMLReader.of(reader).ended()
      })
    unsafe XML_SetCharacterDataHandler(parser) { reader, bytes, count in
      guard let reader = unsafe reader, let bytes = unsafe bytes else { return }
      unsafe XMLReader.of(reader).took(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { reader, _, _, _, _ in
      guard let reader = unsafe reader else { return }
      unsafe XMLReader.of(reader).stop()
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Reads a piece.
  ///
  /// - Returns: why it is no XML, and in which line of what was read so far; nil if it is.
  func read(_ bytes: [UInt8], isLast: Bool) -> (reason: String, line: Int)? {
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(buffer.count),
        isLast ? 1 : 0)
    }
    guard status != XML_STATUS_OK else { return nil }
    let words = unsafe XML_ErrorString(XML_GetErrorCode(parser))
    let reason = unsafe words.map { unsafe String(cString: $0) } ?? "it is no XML"
    return (reason, line)
  }

  private var line: Int { Int(clamping: unsafe XML_GetCurrentLineNumber(parser)) }

  private static func of(_ reader: UnsafeMutableRawPointer) -> XMLReader {
    unsafe Unmanaged<XMLReader>.fromOpaque(reader).takeUnretainedValue()
  }

  private func began(_ name: String) {
    depth += 1
    text = []
    guard depth <= Self.deepest else { return stop() }
    open(name, line)
  }

  private func ended() {
    depth -= 1
    let whole = String(decoding: text, as: UTF8.self)
    text = []
    close(whole)
  }

  private func took(_ bytes: UnsafeBufferPointer<CChar>) {
    let room = Self.longestText - text.count
    for index in 0..<min(room, bytes.count) {
      unsafe text.append(UInt8(bitPattern: bytes[index]))
    }
  }

  private func stop() { unsafe _ = XML_StopParser(parser, 0) }
}
