/// How surely files that lie together are the machine that the user means, the surest first.
///
/// A tree beats a folder with one likely name.
enum TreeRank: Int, Comparable {
  /// Laid out as `/`.
  case root
  /// A copy of `/proc` itself.
  case proc
  /// Texts of SUSE's supportconfig.
  case supportconfig
  /// Files whose names tell what they are.
  case folder
  /// The text of an Android bug report.
  case bugreport
  /// Files that tell nothing of memory by themselves, as the `version` beside a must-gather's nodes.
  case stray

  static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
}
