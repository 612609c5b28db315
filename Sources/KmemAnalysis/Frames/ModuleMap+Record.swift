package import KmemParsers

extension ModuleMap {
  /// The map as a record of the stays whose times are known, and of the moments of lists.
  package var record: ModuleRecord {
    let lines = residences.compactMap { residence in
      residence.seen.map {
        ModuleRecord.Line(
          seen: $0, name: residence.name, start: residence.start, size: residence.size,
          sourceVersion: residence.sourceVersion, buildID: residence.buildID,
          loadedBy: residence.loadedBy)
      }
    }
    let ends = Set(lines.flatMap { [$0.seen.lowerBound, $0.seen.upperBound] })
    let others = moments.all.filter { !ends.contains($0) }.map(ModuleRecord.Line.init(moment:))
    return ModuleRecord(
      lines: (lines + others).sorted {
        ($0.seen.lowerBound, $0.name) < ($1.seen.lowerBound, $1.name)
      })
  }

  /// The record as the text that is kept in `/run/kmemcheck`.
  package var recordText: String { record.text }
}
