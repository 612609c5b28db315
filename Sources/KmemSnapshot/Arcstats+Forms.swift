import KmemParsers

extension Arcstats: FoundElsewhere {
  /// From ZFS's own file, else from what arc_summary prints of it.
  static func find(with reader: inout SnapshotReader) -> Reading<Arcstats> {
    let own: Reading<Arcstats> = reader.parse(path)
    guard own.value?[.size] == nil, let summary = reader.form(ArcSummary.self).value else {
      return own
    }
    reader.stand(
      ArcSummary.file, for: file, error: summary.amounts.values.map(\.error).max() ?? 0)
    return .value(Arcstats(summary))
  }
}
