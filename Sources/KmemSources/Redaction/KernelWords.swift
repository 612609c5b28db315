internal import KmemParsers

/// What the kernel itself prints of memory: frames, numbers, and words of a fixed vocabulary.
///
/// A line passes only if all of it is known; whatever else stands in a log or between frames is
/// somebody's, as far as anybody can tell.
enum KernelWords {
  /// The line with pseudonyms for its addresses; nothing if some word of it isn't the kernel's.
  static func known(_ line: some StringProtocol, _ pseudonyms: inout Pseudonyms) -> String? {
    var isTold = false
    var words: [String] = []
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      guard let known = token(String(word), &pseudonyms, &isTold) else { return nil }
      words.append(known)
    }
    return isTold || words.allSatisfy(\.isEmpty) ? words.joined(separator: " ") : nil
  }

  private static func token(
    _ word: String, _ pseudonyms: inout Pseudonyms, _ isTold: inout Bool
  ) -> String? {
    if word.isEmpty || word == "?" { return word }
    if word.contains(placeholder) {
      isTold = true
      // Every second part is the number of a name.
      let parts = word.split(separator: placeholder, omittingEmptySubsequences: false)
      let isKnown = parts.enumerated().allSatisfy {
        $0.offset % 2 == 1 || token(String($0.element), &pseudonyms, &isTold) != nil
      }
      return isKnown ? word : nil
    }
    if let address = address(in: word, &pseudonyms) {
      isTold = true
      return address
    }
    if isFrame(word) || isModule(word) {
      isTold = true
      return word
    }
    guard !hasQuad(word) else { return nil }
    if word.hasPrefix(KmemleakFile.file.absolutePath) { return word }
    let runs = word.split { !($0.isASCII && ($0.isLetter || $0 == "_")) }
    guard
      word.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
        || isNumbers(word)
    else { return nil }
    if isHexNumber(word) { return word }
    guard runs.allSatisfy({ vocabulary.contains(String($0)) || isFlag($0) }) else { return nil }
    if !runs.isEmpty { isTold = true }
    return word
  }

  /// What stands for a name that was cut out of a line.
  static let placeholder = "\u{1}"

  private static func isNumbers(_ word: String) -> Bool {
    word.allSatisfy { $0.isASCII && ($0.isNumber || "=/,-:.agepidcpusnodes".contains($0)) }
  }

  private static func isFlag(_ run: Substring) -> Bool {
    run.hasPrefix("GFP_") || run.hasPrefix("__GFP_")
  }

  /// Whether it's a short number in hexadecimal, after `0x`.
  private static func isHexNumber(_ word: String) -> Bool {
    let digits = word.split(separator: "x", maxSplits: 1)
    return word.hasPrefix("0x") && digits.count == 2 && digits[1].allSatisfy(\.isHexDigit)
      && digits[1].count < 8
  }

  /// Whether it may be an address of a network: `10.0.0.1`, `fe80::1`.
  private static func hasQuad(_ word: String) -> Bool {
    word.contains("::") || word.split(separator: ".").count > 3 && word.contains(".")
      || word.split(separator: ":").count > 3
  }

  /// `sym+0x12/0x34`.
  private static func isFrame(_ word: String) -> Bool {
    guard let plus = word.firstRange(of: "+0x"), let first = word.first,
      first.isLetter || "_.$".contains(first)
    else { return false }
    return word[..<plus.lowerBound].allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_.$".contains($0))
    }
      && word[plus.upperBound...].allSatisfy { $0.isHexDigit || "/x".contains($0) }
  }

  /// `[ext4]`, behind a frame.
  private static func isModule(_ word: String) -> Bool {
    word.hasPrefix("[") && word.hasSuffix("]") && word.count > 2
      && word.dropFirst().dropLast().allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "_-()".contains($0))
      }
      && word.contains { $0.isLetter }
  }

  private static func address(in word: String, _ pseudonyms: inout Pseudonyms) -> String? {
    let edges: [(String, String)] = [("[<", ">]"), ("0x", ""), ("", "")]
    for (start, end) in edges where word.hasPrefix(start) && word.hasSuffix(end) {
      let digits = word.dropFirst(start.count).dropLast(end.count)
      let isLong = digits.count == 16 || digits.count == 8 && !start.isEmpty
      guard isLong, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { continue }
      return start + pseudonyms.address(digits) + end
    }
    return nil
  }
}
