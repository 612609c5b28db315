import KmemParsers

extension Slabinfo: FoundElsewhere {
  /// From `/proc/slabinfo`, else from what slabtop prints of it.
  static func find(with reader: inout SnapshotReader) -> Reading<Slabinfo> {
    let whole: Reading<Slabinfo> = reader.parse(path)
    guard whole.value == nil, let slabtop = reader.form(Slabtop.self).value, !slabtop.caches.isEmpty
    else { return whole }
    reader.stand(
      Slabtop.file, for: file, error: slabtop.caches.map(\.size.error).max() ?? 0)
    return .value(Slabinfo(slabtop))
  }
}
