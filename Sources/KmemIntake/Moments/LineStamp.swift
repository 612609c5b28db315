/// The time and the machine that a log or a tool put before one line, which were taken off it.
package struct LineStamp: Hashable, Sendable {
  /// Which line of the piece it is, counted from 0.
  package let line: Int
  /// The time; nothing where only the machine is told.
  let mark: TimeMark?
  /// The machine; nothing where it isn't told.
  let machine: String?
}
