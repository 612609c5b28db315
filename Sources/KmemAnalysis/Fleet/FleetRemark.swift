/// What couldn't be read or judged of many machines.
package enum FleetRemark: Hashable, Sendable {
  /// So many files are no captures.
  case filesLeftOut(Int)
  /// So many machines have a clock that is off by more than five minutes; the first one's name.
  case clocksApart(Int, first: String)
  /// A machine's samples were taken by two recorders at the same time.
  case twoRecorders(String)
  /// The server said this about its answers.
  case warning(String)
  /// A machine couldn't be read, for this reason.
  case unreadable(host: String, reason: String)
}
