import KmemParsers

extension Slabinfo: FoundElsewhere {
  /// From `/proc/slabinfo`, else from what slabtop prints of it; that tells more than fewer rows which
  /// somebody picked out, as it has the sum of all caches.
  static func find(with reader: inout SnapshotReader) -> Reading<Slabinfo> {
    let whole: Reading<Slabinfo> = reader.parse(path)
    let rows = whole.value.map { $0.hasHeader ? Int.max : $0.caches.count } ?? 0
    guard rows < Int.max, let slabtop = reader.form(Slabtop.self).value,
      slabtop.caches.count > rows || rows == 0 && slabtop.total != nil
    else { return rows > 0 ? whole : reader.slabTable() ?? whole }
    reader.stand(
      Slabtop.file, for: file, error: slabtop.caches.map(\.size.error).max() ?? 0)
    return .value(Slabinfo(slabtop))
  }
}

extension SnapshotReader {
  /// The caches of a table that somebody made of slabinfo; nothing where there is none.
  fileprivate mutating func slabTable() -> Reading<Slabinfo>? {
    guard let table = form(SlabTable.self).value else { return nil }
    stand(
      SlabTable.file, for: Slabinfo.file,
      error: table.caches.compactMap { $0.printed?.size.error }.max() ?? 0)
    return .value(Slabinfo(table))
  }
}
