/// What became of the files of one kind.
struct Tally {
  var files = 0
  var empty = 0
  var whole = 0
  var remarked = 0
  var refused = 0
  /// Records that the parser found, and lines that look like one.
  var rows = 0
  var lines = 0

  static let heading = "kind             files  empty  whole  remarks  refused     rows    lines"

  func line(_ name: String) -> String {
    Self.left(name, 14)
      + zip([files, empty, whole, remarked, refused, rows, lines], [8, 7, 7, 9, 9, 9, 9])
      .map { Self.right("\($0)", $1) }.joined()
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
