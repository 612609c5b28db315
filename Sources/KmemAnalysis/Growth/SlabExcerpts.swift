import KmemParsers

/// Which caches two slabinfos may have without listing them.
///
/// Somebody who picks out rows leaves out others: what isn't in an excerpt isn't nothing.
struct SlabExcerpts {
  private let before: Hidden
  private let after: Hidden

  /// What a slabinfo may hide: everything, or what stands behind its last row in the other one.
  private enum Hidden {
    case nothing, everything
    case caches(Set<String>)

    func contains(_ name: String) -> Bool {
      switch self {
      case .nothing: false
      case .everything: true
      case .caches(let names): names.contains(name)
      }
    }
  }

  init(_ before: Slabinfo?, _ after: Slabinfo?) {
    self.before = Self.hidden(in: before, beside: after)
    self.after = Self.hidden(in: after, beside: before)
  }

  /// Whether the cache, which one side doesn't list, may exist there all the same.
  func mayHide(_ name: String, before isBefore: Bool) -> Bool {
    (isBefore ? before : after).contains(GenericCache.commonName(name))
  }

  private static func hidden(in slabinfo: Slabinfo?, beside other: Slabinfo?) -> Hidden {
    // Of what tools list, the rest is known by their sums.
    guard let slabinfo, slabinfo.excerpt == nil else { return .nothing }
    guard slabinfo.hasHeader, !slabinfo.hasGap else { return .everything }
    // The kernel prints the newest cache first: what a cut loses are the oldest.
    guard let last = slabinfo.caches.last?.name, last != "kmem_cache", let other,
      other.excerpt == nil
    else { return .nothing }
    let rows = other.caches
    guard let place = rows.lastIndex(where: { $0.name == last }) else {
      // Where a whole list doesn't have the row, nothing tells how much was cut.
      return rows.last?.name == "kmem_cache" ? .everything : .nothing
    }
    return .caches(Set(rows[place...].dropFirst().map { GenericCache.commonName($0.name) }))
  }
}
