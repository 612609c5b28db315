import KmemAnalysis

extension WatchReport {
  /// How fast everything grows that is sure to, in the colours of its side; nothing where that is one
  /// amount at most.
  var rates: Figure? {
    let rows = (growing + lines).filter { $0.unit.isBytes && $0.rate.isFinite && $0.rate > 0 }
    guard rows.count > 1 else { return nil }
    return .bars(BarFigure(title: "How fast it grows", rows: rows.prefix(15).map(\.rateBar)))
  }

  /// Memory in use and what grows, or may, over time: what one picture shows of a watch.
  package var figures: [Figure] {
    let suspects = [culprit ?? growing.first ?? openRow].compactMap(\.self)
    return ([inUse].compactMap(\.self) + suspects.filter { $0.id != inUse?.id })
      .compactMap { $0.figure(facts) }
  }
}

extension WatchRow {
  fileprivate var rateBar: BarFigure.Row {
    let words = WatchFormat.hourly(self, rate)
    let part = BarFigure.Part(
      amount: rate, hue: side.map { Hue($0) } ?? .first, words: "\(id.title): \(words)")
    return BarFigure.Row(label: id.title, words: words, parts: [part])
  }
}
