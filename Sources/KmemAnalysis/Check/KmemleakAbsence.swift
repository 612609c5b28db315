/// Why a check ran without kmemleak.
package enum KmemleakAbsence: Hashable, Sendable {
  /// The user wants growth alone.
  case notWanted
  /// kmemleak can't be used on this kernel, or not now.
  case unusable(KmemleakFinding)
  /// kmemleak can be used, but not by this user.
  case notRoot
}
