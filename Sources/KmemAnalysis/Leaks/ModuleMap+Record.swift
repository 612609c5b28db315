package import KmemParsers

extension ModuleMap {
  /// The map as a record, with what several lists say of one module in one line.
  package var record: ModuleRecord {
    var lines: [ModuleRecord.Line] = []
    let known = residences.filter { $0.seen != nil }
    for own in Dictionary(grouping: known, by: Place.init).values {
      var open: ClosedRange<Double>?
      let build = own.compactMap(\.buildID).first
      let version = own.compactMap(\.sourceVersion).first
      func close(_ seen: ClosedRange<Double>) {
        lines.append(
          ModuleRecord.Line(
            seen: seen, name: own[0].name, start: own[0].start, size: own[0].size,
            sourceVersion: version, buildID: build))
      }
      for seen in own.compactMap(\.seen).sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let before = open, before.upperBound >= seen.lowerBound || isGap(before, seen) {
          open = before.lowerBound...max(before.upperBound, seen.upperBound)
        } else {
          open.map(close)
          open = seen
        }
      }
      open.map(close)
    }
    return ModuleRecord(
      lines: lines.sorted { ($0.seen.lowerBound, $0.name) < ($1.seen.lowerBound, $1.name) })
  }

  /// The record as the text that is kept in `/run/kmemcheck`.
  package var recordText: String { record.text }

  /// What tells one load of a module from another one.
  private struct Place: Hashable {
    let name: String
    let start: UInt64
    let size: UInt64

    init(_ residence: ModuleResidence) {
      name = residence.name
      start = residence.start
      size = residence.size
    }
  }

  /// Whether no list was recorded between the two, which would have shown the module to be gone.
  private func isGap(_ before: ClosedRange<Double>, _ after: ClosedRange<Double>) -> Bool {
    !moments.contains { $0 > before.upperBound && $0 < after.lowerBound }
  }
}
