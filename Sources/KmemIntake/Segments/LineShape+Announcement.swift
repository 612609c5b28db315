internal import KmemParsers

extension Span<UInt8> {
  /// Whether the line has what prompts, headings and fences have.
  ///
  /// `Announcement` tells for sure, and takes a thousand times as long: this may be wrong only where it
  /// says yes.
  var mayAnnounce: Bool {
    let start = offsetOfNonBlank(from: 0)
    guard start < count else { return false }
    switch self[start] {
    case UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "{"), 0x80...: return true
    default: break
    }
    if self[0] == Ascii.colon { return true }
    var (hasSlash, hasSign, namesMachine) = (false, false, false)
    for index in start..<count {
      switch self[index] {
      case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: ">"):
        guard isSign(at: index) else { continue }
        if mayBeCommand(behind: index) { return true }
        hasSign = true
      case UInt8(ascii: "@"), UInt8(ascii: "|"): namesMachine = true
      case UInt8(ascii: "/"): hasSlash = true
      default: break
      }
    }
    if hasSign, namesMachine || holds("ok:", at: start) || holds("changed:", at: start) {
      return true
    }
    return hasSlash && (offset(of: "proc/") != nil || offset(of: "sys/") != nil)
  }

  /// Whether a prompt may end with that byte: it has a blank behind its sign, or nothing.
  private func isSign(at index: Int) -> Bool {
    index + 1 >= count || Self.isBlank(self[index + 1]) || self[index + 1] >= 0x80
  }

  /// Whether a command may be typed behind the sign: any where the line begins with a dollar.
  private func mayBeCommand(behind sign: Int) -> Bool {
    var start = sign + 1
    while start < count, self[start] <= 0x20 { start += 1 }
    var end = start
    while end < count, self[end] > 0x20, self[end] < 0x80 { end += 1 }
    // Blanks that aren't ASCII may stand anywhere.
    if end < count, self[end] >= 0x80 { return true }
    if self[sign] == UInt8(ascii: "$"), start > sign + 1,
      (0..<sign).allSatisfy({ self[$0] <= 0x20 })
    {
      return true
    }
    let word = extracting(start..<end)
    return word.equals("sudo") || Announcement.isCommand(word)
  }
}
