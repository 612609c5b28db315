/// The mark that Valgrind and sanitizers put before a line, `==123== `, wherever in the line it stands.
struct ProcessMark {
  /// The process.
  let process: Int64
  /// Where the line's own text begins.
  let end: Int
  /// Whether it is a remark of Valgrind itself, `--123--`, which tells nothing of the program.
  let isRemark: Bool

  /// The first mark of the line.
  ///
  /// With `--time-stamp=yes` the time stands in it: `==00:00:00:00.535 8288==`.
  init?(_ line: Span<UInt8>) {
    var start = 0
    let last = min(line.count, 400)
    while start + 4 < last {
      let byte = line[start]
      let isMark =
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
      if isMark, line[start + 1] == byte, Ascii.isDigit(line[start + 2]),
        let found = Self.found(line, after: start + 2, byte)
      {
        (process, end) = found
        isRemark = byte == UInt8(ascii: "-")
        return
      }
      start += 1
    }
    return nil
  }

  private static func found(_ line: Span<UInt8>, after start: Int, _ mark: UInt8) -> (Int64, Int)? {
    var digits = start
    let blank = line.offset(ofByte: Ascii.space, from: start)
    if blank < line.count, blank - start <= 24, isTime(line.extracting(start..<blank)) {
      digits = blank + 1
    }
    guard let (value, end) = line.grouped(at: digits), end - digits <= 10, end + 1 < line.count,
      line[end] == mark, line[end + 1] == mark
    else { return nil }
    return (value, end + 2)
  }

  private static func isTime(_ word: Span<UInt8>) -> Bool {
    for index in word.indices
    where !Ascii.isDigit(word[index]) && word[index] != Ascii.colon
      && word[index] != UInt8(ascii: ".")
    {
      return false
    }
    return word.contains(Ascii.colon)
  }
}
