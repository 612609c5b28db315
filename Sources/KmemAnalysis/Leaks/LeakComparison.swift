/// What became of the leaks of an earlier report, by fingerprint.
package struct LeakComparison: Sendable {
  /// One fingerprint's objects before and now.
  package struct Line: Hashable, Sendable {
    /// What the line is about, as `LeakGroup.fingerprint` gives it.
    package let fingerprint: String
    /// Objects in the earlier report.
    package let before: Int64
    /// Objects in this report.
    package let now: Int64
    /// Objects of this report that the earlier one didn't have.
    package let new: Int64
    /// Objects that both reports have; after a reboot the smaller of both counts.
    package let still: Int64
    /// Objects of the earlier report that this one doesn't have.
    package let gone: Int64
  }

  /// How the boot of the earlier report relates to that of this one.
  package let boot: LeakBaseline.Boot
  /// The fingerprints, those with most new objects first.
  package let lines: [Line]

  /// New objects of all fingerprints.
  package var new: Int64 { lines.sum(\.new) }
  /// Objects of all fingerprints that both reports have.
  package var still: Int64 { lines.sum(\.still) }
  /// Objects of all fingerprints that are gone.
  package var gone: Int64 { lines.sum(\.gone) }

  /// Compares counts of objects by fingerprint.
  ///
  /// `still` is nil where objects can't be told apart, as after a reboot.
  init(
    boot: LeakBaseline.Boot, before: [String: Int64], now: [String: Int64],
    still: [String: Int64]?
  ) {
    self.boot = boot
    let names = Set(before.keys).union(now.keys)
    let lines = names.map { name in
      let (old, current) = (before[name] ?? 0, now[name] ?? 0)
      let same = still.map { $0[name] ?? 0 } ?? min(old, current)
      return Line(
        fingerprint: name, before: old, now: current, new: max(0, current - same), still: same,
        gone: max(0, old - same))
    }
    self.lines = lines.sorted {
      ($1.new, $1.gone, $0.fingerprint) < ($0.new, $0.gone, $1.fingerprint)
    }
  }
}
