import KmemTestSupport
import Testing

@testable import KmemParsers

@Suite struct LinesTests {
  @Test(
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]),
      ("a\r\nb\r\n", ["a", "b"]), ("a\rb\n", ["a\rb"]), ("\r\n", [""]), ("a\n\0\0\0", ["a"]),
      ("a\n\0b\nc", ["a"]), ("\0", []), ("a\0", ["a"]),
    ] as [(String, [String])])
  func `a text has these lines`(text: String, expected: [String]) {
    #expect(lines(of: Array(text.utf8)) == expected)
  }

  @Test func `lines of every length around a word are found`() {
    for length in 0..<40 {
      let line = String(repeating: "x", count: length)
      #expect(lines(of: Array("\(line)\n\(line)\n".utf8)) == [line, line])
    }
  }

  @Test func `lines are numbered from 1, empty ones too`() {
    let bytes = Array("a\n\nb".utf8)
    var lines = Lines(bytes.span)
    var numbers: [Int] = []
    while lines.next() != nil { numbers.append(lines.number) }
    #expect(numbers == [1, 2, 3])
  }

  @Test(arguments: 0..<100) func `random bytes split as the standard library splits them`(seed: Int)
  {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabet: [UInt8] = [0x0A, 0x0A, 0x61, 0x0B, 0x8A, 0xFF, 0x09]
    let bytes = (0..<200).compactMap { _ in alphabet.randomElement(using: &generator) }
    var expected = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if expected.last?.isEmpty == true { expected.removeLast() }
    #expect(lines(of: bytes) == expected.map { String(decoding: $0, as: UTF8.self) })
  }

  private func lines(of bytes: [UInt8]) -> [String] {
    var lines = Lines(bytes.span)
    var found: [String] = []
    while let line = lines.next() { found.append(line.text) }
    return found
  }
}
