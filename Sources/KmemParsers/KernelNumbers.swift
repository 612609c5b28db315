/// The numbers of a small file that holds nothing else, such as `/proc/sys/fs/file-nr`.
///
/// Also `inode-nr`, `dentry-state`, `/proc/uptime`, and every sysctl or sysfs file with one number.
package struct KernelNumbers: Hashable, Sendable {
  /// The numbers in their order, without what follows the decimal point.
  ///
  /// A counter that fell below zero in the kernel shows as 2^64 − n, and is −n here.
  package private(set) var values: [Int64] = []
  /// The same numbers with their fractions.
  package private(set) var decimals: [Double] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if a field is no number, as the places of all others would be in doubt.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension KernelNumbers: ParsedText {}

extension KernelNumbers {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      while let field = fields.next() {
        guard add(field, line: lines.number) else {
          guard !values.isEmpty else {
            throw noLine(of: "a file of numbers", in: text, example: "1088 0 9223372036854775807")
          }
          throw ParseError(
            line: lines.number, reason: "\(field.text.prefix(40)) is not a 64-bit number")
        }
      }
    }
    guard !values.isEmpty else {
      throw noLine(of: "a file of numbers", in: text, example: "1088 0 9223372036854775807")
    }
  }

  /// Adds a field; false if it isn't a number of 64 bits.
  private mutating func add(_ field: Span<UInt8>, line: Int) -> Bool {
    let point = field.offset(of: ".") ?? field.count
    let whole = field.extracting(0..<point)
    if point < field.count {
      let fraction = field.extracting((point + 1)..<field.count)
      guard fraction.decimal != nil else { return false }
    }
    if let value = whole.signedDecimal, let decimal = Double(field.text) {
      values.append(value)
      decimals.append(decimal)
    } else if point == field.count, let value = whole.decimal {
      values.append(Int64(bitPattern: value))
      decimals.append(Double(Int64(bitPattern: value)))
      remarks.note(line: line, "\(field.text) is a counter that fell below zero")
    } else {
      return false
    }
    return true
  }
}
