/// Who is in the top of a list, so that names don't come and go: one that was in it stays for an hour.
package struct TopMembers: Sendable {
  /// Seconds for which a name stays after it was last in the top.
  static let stay = 3600.0

  /// When each name was last in the top, in seconds of any one clock.
  private var lastSeen: [SeriesID: Double] = [:]

  /// Who is told now.
  var members: Set<SeriesID> { Set(lastSeen.keys) }

  /// Begins with nobody.
  package init() {}

  /// The first `limit` of those in order, and who was among them within the last hour: at most half as
  /// many more, those that were in it last.
  package mutating func chosen(_ ordered: [SeriesID], limit: Int, now: Double) -> [SeriesID] {
    let top = ordered.prefix(limit)
    for id in top { lastSeen[id] = now }
    lastSeen = lastSeen.filter { now - $0.value <= Self.stay }
    let leaving = lastSeen.keys.filter { !top.contains($0) }.sorted {
      let (one, other) = (lastSeen[$0] ?? 0, lastSeen[$1] ?? 0)
      return one == other ? $0.key < $1.key : one > other
    }
    let kept = leaving.prefix(limit / 2)
    lastSeen = lastSeen.filter { top.contains($0.key) || kept.contains($0.key) }
    return Array(top + kept)
  }
}
