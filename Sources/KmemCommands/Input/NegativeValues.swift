import KmemReport

/// A number below zero behind an option, which the parser of arguments takes for another option: "missing value".
enum NegativeValues {
  /// What is wrong with the first of them; nil where there is none.
  static func objection(_ arguments: [String]) -> ArgumentRefusal? {
    // What stands behind "--" is another program's.
    let own = arguments.prefix { $0 != "--" }
    return zip(own, own.dropFirst()).first { option, value in
      option.hasPrefix("-") && !option.contains("=") && isNegative(value)
    }.map { .belowZero(option: $0, value: $1) }
  }

  private static func isNegative(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let digit = word.dropFirst().utf8.first else { return false }
    return (0x30...0x39).contains(digit)
  }
}
