import KmemTestSupport
import Testing

@testable import KmemParsers

@Suite struct FieldsTests {
  @Test(arguments: 0..<200) func `random bytes split as the standard library splits them`(seed: Int)
  {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabet: [UInt8] = [0x20, 0x20, 0x09, 0x21, 0x1F, 0x61, 0xA0, 0x08, 0x0A]
    let length = Int.random(in: 0...60, using: &generator)
    let bytes = (0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }
    var fields = Fields(bytes.span)
    var found: [String] = []
    while let field = fields.next() { found.append(field.text) }
    let expected = bytes.split { $0 == 0x20 || $0 == 0x09 }
    #expect(found == expected.map { String(decoding: $0, as: UTF8.self) })
  }

  @Test func `what is left is without blanks at its ends`() {
    let bytes = Array("  a \t b  c \t".utf8)
    var fields = Fields(bytes.span)
    _ = fields.next()
    let rest = fields.rest.text
    let isEarlyEnd = fields.isAtEnd
    #expect(rest == "b  c" && !isEarlyEnd)
    _ = fields.next()
    _ = fields.next()
    let isEnd = fields.isAtEnd && fields.rest.isEmpty && fields.next() == nil
    #expect(isEnd)
  }

  @Test func `runs of blanks of every length are passed over`() {
    for length in 1..<40 {
      for blank in [" ", "\t", " \t", "\t "] {
        let bytes = Array("x\(String(repeating: blank, count: length))12".utf8)
        var fields = Fields(bytes.span)
        let first = fields.next()?.text
        let second = fields.nextDecimal()
        #expect(first == "x" && second == 12)
      }
    }
  }
}
