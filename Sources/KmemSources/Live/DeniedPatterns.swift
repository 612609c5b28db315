internal import KmemSnapshot

/// What became of the sources that patterns name, of which there may be thousands.
///
/// One that isn't there tells nothing, as it was listed a moment before. Those that may not be read
/// are noted once, under the pattern: an ordinary user may read none of the slab caches' files.
struct DeniedPatterns {
  private var counts: [String: (denied: Int, all: Int)] = [:]

  /// Counts the reading; false if it isn't worth keeping by itself.
  mutating func keeps(_ reading: SourceReading, of pattern: String) -> Bool {
    counts[pattern, default: (0, 0)].all += 1
    guard reading.outcome == .denied else { return reading.outcome != .absent }
    counts[pattern, default: (0, 0)].denied += 1
    return false
  }

  /// The patterns of which files may not be read.
  var refusals: [String: SourceReading] {
    counts.filter { $0.value.denied > 0 }.mapValues { count in
      SourceReading(
        outcome: .denied,
        reason: "permission denied for \(count.denied) of \(count.all) files")
    }
  }
}
