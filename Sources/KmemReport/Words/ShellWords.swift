/// Words of a command that a shell takes as they stand.
enum ShellWords {
  /// The word, quoted where a shell would take it for anything but itself; control characters as
  /// `$'…'` escapes, which bash, zsh and POSIX shells since 2024 know.
  static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy { isPlain($0) }
    if plain, !word.isEmpty { return word }
    guard word.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return "'"
        + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
    }
    return word.unicodeScalars.reduce(into: "$'") { text, scalar in
      switch scalar {
      case "'", "\\": text += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: text.unicodeScalars.append(scalar)
      }
    } + "'"
  }

  /// The command of these words.
  static func command(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", "+", ",", ":", "@", "%", "=": true
    default: scalar.value >= 0x80
    }
  }
}
