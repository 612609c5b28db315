import KmemParsers

/// The sockets of one protocol in use at two moments.
package struct SocketChange: Hashable, Sendable {
  /// Which sockets they are.
  package let sockets: Kind
  /// How many more there are.
  package let gained: Int64

  /// What sockstat tells apart.
  package enum Kind: Hashable, Sendable {
    /// Those of a protocol, by its name in the file: `TCP`.
    case inUse(String)
    /// Sockets that no line of the file counts: Unix sockets, netlink, IPv6.
    case others
  }
}

extension SocketChange {
  /// The protocols whose sockets became more, the one that gained most first; none where a side has no
  /// sockstat.
  ///
  /// `sockets: used` counts all sockets that programs have open, `inuse` those of a protocol
  /// (net/ipv4/proc.c). IPv6 has a file of its own.
  static func all(from before: Sockstat?, to after: Sockstat?) -> [SocketChange] {
    guard let before, let after else { return [] }
    var changes: [SocketChange] = []
    var rest = after.protocols["sockets"]?["used"].flatMap { used in
      before.protocols["sockets"]?["used"].map { used.minus($0) }
    }
    for (name, counts) in after.protocols {
      guard let now = counts["inuse"], let old = before.protocols[name]?["inuse"] else { continue }
      changes.append(SocketChange(sockets: .inUse(name), gained: now.minus(old)))
      rest = rest.map { $0.minus(now.minus(old)) }
    }
    if let rest { changes.append(SocketChange(sockets: .others, gained: rest)) }
    return changes.filter { $0.gained > 0 }
      .sorted { ($0.gained, $1.name) > ($1.gained, $0.name) }
  }

  private var name: String {
    switch sockets {
    case .inUse(let name): name
    case .others: ""
    }
  }
}
