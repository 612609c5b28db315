/// The times that a log put before lines, as far as these are still to be read.
struct LineStamps {
  /// The last line comes first.
  private var waiting: [(line: Int, mark: TimeMark)] = []
  /// The time before the line that is read, or before the last one.
  private(set) var current: TimeMark?

  /// Adds those of the piece that follows the line with that number.
  mutating func add(_ stamps: [LineStamp], behind number: Int) {
    let marks = stamps.reversed().compactMap { stamp in
      stamp.mark.map { (number + 1 + stamp.line, $0) }
    }
    waiting = marks + waiting
  }

  /// Goes on to a line.
  ///
  /// - Returns: whether its time is another than that of the line before: what is printed much later isn't
  ///   the same moment's.
  mutating func move(to number: Int) -> Bool {
    // Of a line that was handed over in two pieces the first one had the time already.
    while let last = waiting.last, last.line < number { waiting.removeLast() }
    guard let last = waiting.last, last.line == number else {
      current = nil
      return false
    }
    waiting.removeLast()
    defer { current = last.mark }
    return current.map { !$0.isClose(to: last.mark) } ?? false
  }
}
