/// What became of the leaks of an earlier report, by fingerprint.
package struct LeakComparison: Sendable {
  /// One fingerprint's objects before and now.
  package struct Line: Hashable, Sendable {
    package let fingerprint: String
    package let before: Int64
    package let now: Int64
    package let new: Int64
    package let still: Int64
    package let gone: Int64
  }

  package let boot: LeakBaseline.Boot
  /// Those with most new objects first.
  package let lines: [Line]

  package var new: Int64 { lines.sum(\.new) }
  package var still: Int64 { lines.sum(\.still) }
  package var gone: Int64 { lines.sum(\.gone) }

  /// Compares counts; `still` is nothing where objects can't be told apart, as after a reboot.
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
