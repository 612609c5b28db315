/// Why a check did without kmemleak.
package enum KmemleakAbsence: Hashable, Sendable {
  /// The user wants growth alone.
  case notWanted
  /// It can't be used on this kernel, or not now.
  case unusable(KmemleakFinding)
  /// It can be used, and not by this user.
  case notRoot
}
