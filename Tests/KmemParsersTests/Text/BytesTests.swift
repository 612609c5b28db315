import Testing

@testable import KmemParsers

@Suite struct BytesTests {
  @Test(
    arguments: [
      ("0", 0), ("42", 42), ("0000000000000000000000000007", 7),
      ("9999999999999999999", 9_999_999_999_999_999_999),
      ("18446744073709551615", .max), ("18446744073709551616", nil), ("99999999999999999999", nil),
      ("", nil), ("-1", nil), ("+1", nil), ("1 ", nil), ("1.5", nil), ("0x1", nil), ("/", nil),
      (":", nil),
    ] as [(String, UInt64?)])
  func `a decimal number of at most 64 bits is read`(text: String, value: UInt64?) {
    #expect(ask(Array(text.utf8)) { $0.decimal } == value)
  }

  @Test(
    arguments: [
      ("-1", -1), ("-0", 0), ("7", 7), ("-9223372036854775808", .min),
      ("-9223372036854775809", nil),
      ("9223372036854775807", .max), ("9223372036854775808", nil), ("-", nil), ("--1", nil),
      ("", nil),
    ] as [(String, Int64?)])
  func `a signed number of 64 bits is read`(text: String, value: Int64?) {
    #expect(ask(Array(text.utf8)) { $0.signedDecimal } == value)
  }

  @Test(
    arguments: [
      ("5", 5), ("-1", .max), ("-9223372036854775808", 1 << 63), ("18446744073709551611", .max - 4),
      ("-18446744073709551615", nil), ("x", nil), ("", nil),
    ] as [(String, UInt64?)])
  func `an amount below zero is held as 2^64 - n`(text: String, value: UInt64?) {
    #expect(ask(Array(text.utf8)) { $0.amount } == value)
  }

  @Test(
    arguments: [
      ("ff", 255), ("0xFF", 255), ("ffffffffffffffff", .max), ("0x10000000000000000", nil),
      ("", nil), ("0x", nil), ("g", nil),
    ] as [(String, UInt64?)])
  func `a hexadecimal number is read with or without its prefix`(text: String, value: UInt64?) {
    #expect(ask(Array(text.utf8)) { $0.hexadecimal } == value)
  }

  @Test func `bytes that are no UTF-8 become replacement characters`() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    #expect(ask(bytes) { $0.text } == "a\u{FFFD}b")
    #expect(ask(Array("kräm".utf8)) { $0.text } == "kräm")
  }

  @Test func `a byte is found at every place of texts of every length`() {
    for length in 1..<40 {
      for place in 0..<length {
        var bytes = [UInt8](repeating: 0x0B, count: length)
        bytes[place] = 0x0A
        #expect(ask(bytes) { $0.offset(ofByte: 0x0A) } == place)
        #expect(ask(bytes) { $0.offset(ofByte: 0x0C) } == length)
        #expect(ask(bytes) { $0.contains(0x0A) && !$0.contains(0x0C) })
        #expect(ask(bytes) { $0.offset(ofByte: 0x0A, from: place + 1) } == length)
      }
    }
  }

  @Test func `two spans are equal in every byte or not at all`() {
    for length in 0..<40 {
      let bytes = (0..<UInt8(length)).map { $0 }
      #expect(ask(bytes) { $0.equals(bytes.span) })
      #expect(!ask(bytes + [1]) { $0.equals(bytes.span) })
      for place in 0..<length {
        var other = bytes
        other[place] ^= 0x80
        #expect(!ask(other) { $0.equals(bytes.span) })
      }
    }
  }

  @Test func `a literal is found where it begins`() {
    let bytes = Array("abcabd".utf8)
    #expect(ask(bytes) { $0.offset(of: "abd") } == 3)
    #expect(ask(bytes) { $0.offset(of: "b", from: 2) } == 4)
    #expect(ask(bytes) { $0.offset(of: "abcabde") } == nil)
    #expect(ask(bytes) { $0.starts(with: "abc") && !$0.equals("abc") })
    #expect(!ask(bytes) { $0.holds("d", at: 6) || $0.holds("a", at: -1) })
  }

  @Test func `a no-break space becomes a space, and its first byte alone stays`() throws {
    let mend = { (bytes: [UInt8]) in ask(bytes) { spacesForNoBreakSpaces(in: $0) } }
    let mended = try #require(mend(Array("a\u{A0}\u{A0}ü b\u{A0}".utf8)))
    #expect(String(decoding: mended, as: UTF8.self) == "a  ü b ")
    #expect(mend(Array("a ü ©".utf8)) == nil)
    #expect(mend([0x61, 0xC2]) == nil)
  }

  @Test func `at most a hundred remarks are kept`() {
    let bytes = Array("MemFree: 1 kB\n\(String(repeating: "x\n", count: 1000))".utf8)
    #expect((try? Meminfo(parsing: bytes.span))?.remarks.count == 100)
  }
}
