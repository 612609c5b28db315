import KmemAnalysis

extension [ZoneHealth] {
  /// Free memory of each zone against its watermarks; nothing where no watermark is known.
  var figure: Figure? {
    let rows = compactMap(\.row)
    guard !rows.isEmpty else { return nil }
    let isCut = contains { Double($0.free ?? 0) > Double($0.high ?? .max) * 4 }
    return .bars(
      BarFigure(
        title: "Free memory of each zone against its watermarks", rows: rows,
        legend: keys(isCut: isCut)))
  }

  /// How much of each zone's free memory can't serve requests of two orders; nothing where no free
  /// blocks are known.
  var fragmentationFigure: Figure? {
    let rows = flatMap { zone in Self.orders.compactMap { zone.unusable(order: $0) } }
    guard !rows.isEmpty else { return nil }
    return .bars(
      BarFigure(
        title: "Free memory too broken up for a request", rows: rows, whole: 100,
        legend: [
          BarFigure.Key(
            hue: .first,
            words:
              "part of the zone's free memory; order 3 is the largest that the kernel tries hard "
              + "for, order 9 a huge page of x86-64")
        ]))
  }

  /// The orders that are drawn: PAGE_ALLOC_COSTLY_ORDER (include/linux/mmzone.h), and a huge page's.
  private static let orders = [3, 9]

  private func keys(isCut: Bool) -> [BarFigure.Key] {
    let cut = isCut ? "; bars end at four times the high watermark" : ""
    let all = BarFigure.Key(
      hue: .first, words: "free; the marks are the watermarks min, low and high\(cut)")
    let isShort = contains { ![.ample, .unknown].contains($0.level) }
    return isShort ? [all, BarFigure.Key(hue: .alarm, words: "free, below a watermark")] : [all]
  }
}

extension ZoneHealth {
  fileprivate func unusable(order: Int) -> BarFigure.Row? {
    guard let fragmentation, fragmentation.freeBlocks.count > order else { return nil }
    let percent = Double(fragmentation.unusableIndex(order: order)) / 10
    let words = "\(Int(percent.rounded(.down))) %"
    return BarFigure.Row(
      label: "\(name), order \(order)", words: words,
      parts: [
        BarFigure.Part(
          amount: percent, hue: percent >= 90 ? .alarm : .first,
          words: "\(name): \(words) of free memory can't serve a request of order \(order)")
      ])
  }

  /// The zone as a bar; its own scale ends at most at four times the high watermark.
  fileprivate var row: BarFigure.Row? {
    guard let free = freeOutsideCMA, let min, let low, let high, high > 0 else { return nil }
    let whole = Swift.min(Double(Swift.max(free, high)) * 1.1, Double(high) * 4)
    let marks = [("min", min), ("low", low), ("high", high)].map { name, bytes in
      BarFigure.Mark(amount: Double(bytes), words: "\(name): \(Amount.short(bytes))")
    }
    let place = freeCMA ?? 0 > 0 ? " outside CMA" : ""
    let words = "free\(place) \(Amount.short(free)), high \(Amount.short(high))"
    return BarFigure.Row(
      label: name, words: words,
      parts: [
        BarFigure.Part(
          amount: Double(free), hue: level == .ample ? .first : .alarm, words: "\(name): \(words)")
      ], marks: marks, whole: whole)
  }
}
