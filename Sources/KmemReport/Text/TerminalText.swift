internal import KmemSnapshot

/// Text made safe and measured for a terminal.
package enum TerminalText {
  /// The text with what a stranger's name must not hold shown as escapes; see `Unicode.Scalar.isHostile`.
  package static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isHostile) else { return text }
    return text.unicodeScalars.reduce(into: "") { safe, scalar in
      safe += scalar.isHostile ? "\\x{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
  }

  /// The columns that the text takes.
  package static func width(_ text: String) -> Int {
    // Nearly all cells are ASCII: to ask for the category of each character was a third of `maps`.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text cut to at most this many columns, in its middle or at its end.
  package static func fitted(_ text: String, _ columns: Int, atEnd: Bool = false) -> String {
    guard width(text) > columns else { return text }
    guard columns > 4 else { return prefix(text, max(columns, 0)) }
    let kept = columns - 1
    if atEnd { return prefix(text, kept) + "…" }
    return prefix(text, (kept + 1) / 2) + "…"
      + String(prefix(String(text.reversed()), kept / 2).reversed())
  }

  /// The longest beginning of the text that fits.
  private static func prefix(_ text: String, _ columns: Int) -> String {
    var used = 0
    return String(
      text.prefix { character in
        used += width(String(character))
        return used <= columns
      })
  }

  /// The text broken at blanks into lines of at most this many columns.
  package static func wrapped(_ text: String, _ columns: Int?) -> [String] {
    guard let columns, columns > 10 else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, width(line) + 1 + width(String(word)) > columns {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
