import KmemAnalysis

/// What scans were worth, in sentences.
struct ScanWords {
  private let scan: ScanFacts

  init(_ scan: ScanFacts) { self.scan = scan }

  /// What the report rests on.
  var sentences: [String] {
    [scans, readings, life, scan.scanner].compactMap(\.self)
  }

  /// `2 complete scans`.
  var scansInShort: String {
    let count = scan.completeScans.count
    return "\(count) complete \(count == 1 ? "scan" : "scans")"
  }

  /// `, the first two 5.1 s apart`.
  private var gap: String {
    let complete = scan.completeScans
    guard complete.count > 1 else { return "" }
    let gap = complete[1].start - complete[0].start - complete[0].seconds
    return ", the first two \(Amount.duration(gap)) apart"
  }

  private var scans: String {
    let faulty = scan.scans.filter { $0.fault != nil }
    let longest = scan.completeScans.map(\.seconds).max() ?? 0
    let times = scan.completeScans.isEmpty ? "" : ", \(Amount.duration(longest)) at most each"
    let faults = faulty.map { "; one didn't count: \($0.fault ?? "")" }.joined()
    return scansInShort + gap + times + faults
  }

  private var readings: String? {
    guard scan.readings > 1 else { return nil }
    return "\(scan.readings) readings of the report; the last one is shown"
  }

  private var life: String? {
    switch scan.isAliveAtEnd {
    case true?:
      scan.alarms.isEmpty
        ? "kmemleak was alive after the last scan, and its log holds no failure" : nil
    case false?: "kmemleak took no command after the last scan: it is disabled"
    case nil: nil
    }
  }
}

extension LeakGroup {
  /// How sure it is: `in 2 of 2 readings; kmalloc-256 grew by 250 KiB`.
  var evidence: String? {
    guard let sightings else { return nil }
    let seen = "in \(sightings.seen) of \(sightings.readings) readings"
    return "\(certainty.rawValue): \(seen)\(growth.map { "; \($0.words)" } ?? "")"
  }
}

extension GrowthMatch {
  fileprivate var words: String {
    let what = places.prefix(3).joined(separator: ", ")
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
