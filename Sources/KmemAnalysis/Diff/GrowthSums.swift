/// Growth summed by what its owners have in common: function, line, directory.
package struct GrowthSums: Hashable, Sendable {
  /// The growth of all owners that have the same key.
  package struct Row: Hashable, Sendable {
    /// What they have in common.
    package let name: String
    /// Bytes gained, or lost.
    package let bytes: Int64
    /// The modules that the owners are in, by name.
    package let modules: [String]
  }

  /// The largest growth first.
  package let rows: [Row]
  /// Which source's amounts were summed.
  package let source: Source
  /// Why allocinfo tells no growth, where its list is missing.
  package let missing: MissingList?

  /// Where the amounts come from.
  package enum Source: Hashable, Sendable {
    /// The lines of `/proc/allocinfo`.
    case allocinfo
    /// What other sources of the kernel's counted for an owner.
    case owners
  }

  /// Sums allocinfo's lines, else the owners that other sources counted exactly.
  package init(_ report: DiffReport, by key: (Owner) -> String?) {
    let owners: [(Owner, Int64)]
    if case .listed(let tags) = report.growth.allocationSites {
      source = .allocinfo
      owners = tags.filter { $0.name.role == .owner }
        .map { (Owner($0.name), $0.bytes.growthIfAbsentIsZero) }
    } else {
      source = .owners
      owners = report.attributions.flatMap(\.candidates).filter { $0.confidence == .exact }
        .compactMap { candidate in candidate.growth.map { (candidate.owner, $0) } }
    }
    missing = report.growth.allocationSites.missing
    var sums: [String: (bytes: Int64, modules: Set<String>)] = [:]
    for (owner, bytes) in owners where bytes != 0 {
      guard let name = key(owner) else { continue }
      var sum = sums[name] ?? (0, [])
      sum.bytes = sum.bytes.plus(bytes)
      if let module = owner.module { sum.modules.insert(module) }
      sums[name] = sum
    }
    rows = sums.filter { $0.value.bytes != 0 }
      .map { Row(name: $0.key, bytes: $0.value.bytes, modules: $0.value.modules.sorted()) }
      .sorted { ($0.bytes, $1.name) > ($1.bytes, $0.name) }
  }
}
