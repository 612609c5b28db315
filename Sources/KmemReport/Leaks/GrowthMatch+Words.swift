import KmemAnalysis

extension LeakGroup {
  /// Why the group is a leak, and how sure it is: `in 2 of 2 readings; kmalloc-256 grew by 250
  /// KiB`.
  var evidence: String? {
    guard let sightings else { return nil }
    let seen = "in \(sightings.seen) of \(sightings.readings) readings"
    return "\(certainty.rawValue): \(seen)\(growth.map { "; \($0.words)" } ?? "")"
  }
}

extension GrowthMatch {
  fileprivate var words: String {
    let what = places.prefix(3).map(OwnerFormat.subject).joined(separator: ", ")
    return switch word {
    case .matching: "\(what) grew by \(Amount.short(bytes))"
    case .notMatching:
      places.isEmpty
        ? "no cache of that size grew" : "\(what) grew by only \(Amount.short(bytes))"
    case .tooSmall: "too little for growth to tell"
    case .older: "older than what growth is compared with"
    }
  }
}
