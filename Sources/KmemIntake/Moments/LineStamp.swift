/// The time that a log put before one line, which was taken off it.
package struct LineStamp: Hashable, Sendable {
  /// Which line of the piece it is, counted from 0.
  package let line: Int
  /// The time.
  let mark: TimeMark
}
