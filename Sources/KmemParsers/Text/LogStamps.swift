/// The times that stand before the lines of a log.
extension Span<UInt8> {
  /// Seconds, as the kernel stamps lines: `12345.678901`.
  package var stampedSeconds: Double? {
    let text = trimmed()
    let point = text.offset(ofByte: UInt8(ascii: "."))
    guard point > 0, point < text.count, text.count - point <= 10,
      let whole = text.extracting(0..<point).decimal,
      let part = text.extracting((point + 1)..<text.count).decimal
    else { return nil }
    var scale = 1.0
    for _ in (point + 1)..<text.count { scale *= 10 }
    return Double(whole) + Double(part) / scale
  }

  /// The time of the wall that syslog, journald or `dmesg -T` put before the line, as it stands there.
  var clock: String? {
    let start = offsetOfNonBlank(from: 0)
    guard start < count else { return nil }
    if self[start] == UInt8(ascii: "[") {
      let end = offset(ofByte: UInt8(ascii: "]"), from: start)
      guard end < count else { return nil }
      let inner = extracting((start + 1)..<end)
      return inner.count < 40 && inner.contains(Ascii.colon) ? inner.trimmed().text : nil
    }
    if Ascii.isDigit(self[start]) {
      let word = extracting(start..<offsetOfBlank(from: start))
      return word.count < 40 && word.contains(Ascii.colon) ? word.text : nil
    }
    // `Nov 22 18:40:12`: a month, a day and a time, whose colons have fixed places.
    guard count >= start + 15, self[start + 9] == Ascii.colon, self[start + 12] == Ascii.colon
    else { return nil }
    return extracting(start..<(start + 15)).text
  }
}
