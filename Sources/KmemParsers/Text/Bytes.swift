/// The bytes that parsers know by name.
@usableFromInline package enum Ascii {
  /// A tabulator.
  @inlinable package static var tab: UInt8 { UInt8(ascii: "\t") }
  /// The end of a line.
  @inlinable package static var newline: UInt8 { UInt8(ascii: "\n") }
  /// What other systems put at the end of lines too.
  @inlinable package static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
  /// A space.
  @inlinable package static var space: UInt8 { UInt8(ascii: " ") }
  /// A colon.
  @inlinable package static var colon: UInt8 { UInt8(ascii: ":") }
  /// A comma.
  @inlinable package static var comma: UInt8 { UInt8(ascii: ",") }

  /// Whether it's a space or a tabulator.
  @inlinable package static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
  /// Whether it's a decimal digit.
  @inlinable package static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension Span<UInt8> {
  /// The bytes as text; those that aren't UTF-8 become U+FFFD.
  ///
  /// Names come from the kernel's strings, which may dangle: any byte is possible.
  var text: String {
    if let valid = try? UTF8Span(validating: self) { return String(copying: valid) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the bytes are those of the literal.
  @inlinable @inline(__always)
  package func equals(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount && starts(with: literal)
  }

  /// Whether the bytes begin with those of the literal.
  @inlinable @inline(__always)
  package func starts(with literal: StaticString) -> Bool { holds(literal, at: 0) }

  /// Whether the bytes from `offset` on begin with the literal.
  @inlinable @inline(__always)
  package func holds(_ literal: StaticString, at offset: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard offset >= 0, count - offset >= length else { return false }
    return literal.withUTF8Buffer { expected in
      for index in 0..<length where unsafe expected[index] != self[offset + index] { return false }
      return true
    }
  }

  /// The offset of the first occurrence of the literal at or after `start`.
  package func offset(of literal: StaticString, from start: Int = 0) -> Int? {
    let length = literal.utf8CodeUnitCount
    guard length > 0 else { return start <= count ? start : nil }
    return literal.withUTF8Buffer { expected in
      let first = unsafe expected[0]
      var offset = offset(ofByte: first, from: start)
      while offset &+ length <= count {
        if holds(literal, at: offset) { return offset }
        offset = self.offset(ofByte: first, from: offset &+ 1)
      }
      return nil
    }
  }

  /// The part without blanks at either end.
  @_lifetime(copy self)
  package func trimmed() -> Span<UInt8> {
    var start = 0
    var end = count
    while start < end, Ascii.isBlank(self[start]) { start += 1 }
    while end > start, Ascii.isBlank(self[end - 1]) { end -= 1 }
    return extracting(start..<end)
  }

  /// The whole span as a decimal number that fits 64 bits, or nothing.
  package var decimal: UInt64? {
    guard !isEmpty else { return nil }
    return count < 20 ? shortDecimal : longDecimal
  }

  /// A number of at most 19 digits, which can't overflow.
  private var shortDecimal: UInt64? {
    var value: UInt64 = 0
    for index in indices {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value
  }

  private var longDecimal: UInt64? {
    var value: UInt64 = 0
    for index in indices {
      guard Ascii.isDigit(self[index]) else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(self[index] - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// The whole span as a decimal number with an optional minus sign, or nothing.
  var signedDecimal: Int64? {
    guard !isEmpty, self[0] == UInt8(ascii: "-") else {
      return decimal.flatMap(Int64.init(exactly:))
    }
    guard let magnitude = extracting(1..<count).decimal else { return nil }
    return magnitude == 1 << 63 ? Int64.min : Int64(exactly: magnitude).map { -$0 }
  }

  /// The whole span as an amount; one below zero is held as 2^64 − n, which is how `%lu` prints it.
  var amount: UInt64? { decimal ?? signedDecimal.map { UInt64(bitPattern: $0) } }

  /// The whole span as a hexadecimal number, with or without `0x`, or nothing.
  var hexadecimal: UInt64? {
    let start = starts(with: "0x") ? 2 : 0
    guard count > start, count - start <= 16 else { return nil }
    var value: UInt64 = 0
    for index in start..<count {
      let digit = self[index] &- UInt8(ascii: "0")
      let letter = (self[index] | 0x20) &- UInt8(ascii: "a")
      guard digit < 10 || letter < 6 else { return nil }
      value = value << 4 | UInt64(digit < 10 ? digit : letter + 10)
    }
    return value
  }
}

extension UInt8 {
  /// The value of the byte as a hexadecimal digit.
  @inline(__always)
  var hexDigit: UInt8? {
    let digit = self &- UInt8(ascii: "0")
    if digit < 10 { return digit }
    let letter = (self | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter &+ 10 : nil
  }
}
