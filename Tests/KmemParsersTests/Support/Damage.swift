@testable import KmemParsers

/// Texts that stand in for any of the kernel's files in damaged captures, none of them a record.
enum Damage {
  static let refused: [(name: String, bytes: [UInt8])] = [
    ("empty", []),
    ("blank lines", Array("\n \n\t\n".utf8)),
    ("only NULs", Array(repeating: 0, count: 4096)),
    ("binary", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) | 0x80 }),
    ("an error message", Array("cat: /proc/x: Permission denied\n".utf8)),
    ("prose", Array("total nonsense, of several words\n".utf8)),
  ]

  /// The text as copies change it without loss: each must be read as the text itself is.
  static func harmless(_ text: String) -> [(name: String, bytes: [UInt8])] {
    let bytes = Array(text.utf8)
    return [
      ("CRLF", bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }),
      ("NULs to 4096", bytes + Array(repeating: 0, count: max(0, 4096 - bytes.count))),
      ("no-break spaces", bytes.flatMap { $0 == 0x20 ? [0xC2, 0xA0] : [$0] }),
      ("no last newline", bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes),
      ("blanks at line ends", bytes.flatMap { $0 == 0x0A ? [0x20, 0x0A] : [$0] }),
    ]
  }

  /// Lines before and after the text that are a terminal's.
  static func withPrompt(_ text: String) -> [UInt8] {
    Array("/ # cat /proc/this\n\(text)/ # ".utf8)
  }
}

/// The error a parser refuses the text with, or nothing if it reads it.
func refusal(_ bytes: [UInt8], _ parse: (Span<UInt8>) throws -> Void) -> ParseError? {
  do {
    try parse(bytes.span)
    return nil
  } catch {
    return error as? ParseError
  }
}

/// What the span of the bytes answers; spans themselves can't stand in an expectation.
func ask<Answer>(_ bytes: [UInt8], _ question: (Span<UInt8>) -> Answer) -> Answer {
  question(bytes.span)
}
