/// The evidence that memory is held for user space: programs have more of what it is for.
package enum HeldEvidence {
  /// Whether what programs have more of explains less than a quarter of what was gained, in any unit
  /// that both have.
  ///
  /// A quarter, since free objects in slabs that are partly used, and objects that are freed late, are
  /// more than none: at most a few hundred a processor.
  static func isMissing(gained: Double, explained: Double) -> Bool {
    gained > 0 && explained < gained / 4
  }
}
