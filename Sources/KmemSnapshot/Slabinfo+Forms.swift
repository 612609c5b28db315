import KmemParsers

extension Slabinfo: FoundElsewhere {
  /// From `/proc/slabinfo`, else from what slabtop prints of it; that tells more than fewer rows which
  /// somebody picked out, as it has the sum of all caches.
  static func find(with reader: inout SnapshotReader) -> Reading<Slabinfo> {
    let whole: Reading<Slabinfo> = reader.parse(path)
    let rows = whole.value.map { $0.hasHeader ? Int.max : $0.caches.count } ?? 0
    guard rows < Int.max, let slabtop = reader.form(Slabtop.self).value,
      slabtop.caches.count > rows
    else { return whole }
    reader.stand(
      Slabtop.file, for: file, error: slabtop.caches.map(\.size.error).max() ?? 0)
    return .value(Slabinfo(slabtop))
  }
}
