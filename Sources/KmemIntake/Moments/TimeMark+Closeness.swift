extension TimeMark {
  /// What may pass while the files of one moment are printed, in seconds: a slow console takes long.
  private static let onePrint = 120.0

  /// Whether both may be of one moment.
  func isClose(to other: TimeMark) -> Bool {
    if let epoch, let later = other.epoch { return abs(later - epoch) <= Self.onePrint }
    if let second, let later = other.second {
      let isSameDay = day == nil || other.day == nil || day == other.day
      return isSameDay && abs(later - second) <= Self.onePrint
    }
    if let up, let later = other.up { return abs(later - up) <= Self.onePrint }
    // A day says nothing against a time since boot.
    return true
  }

  /// The later one of two times with nothing between, and what only the first one tells.
  func joined(with later: TimeMark) -> TimeMark {
    guard isClose(to: later), later.epoch == nil, later.day == nil, epoch != nil || day != nil
    else {
      return later
    }
    var both = self
    both.up = later.up ?? up
    return both
  }
}
