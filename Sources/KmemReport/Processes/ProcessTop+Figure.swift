import KmemAnalysis

extension ProcessTop {
  /// What each program holds: alone, with others, and in swap; nothing where nobody holds anything.
  package func figure(rows limit: Int = 15) -> Figure? {
    let shown = rows.prefix(limit).map(\.bar).filter { !$0.parts.isEmpty }
    guard !shown.isEmpty else { return nil }
    let hues = Set(shown.flatMap(\.parts).map(\.hue))
    let keys = Portion.allCases.filter { hues.contains($0.hue) }
    return .bars(
      BarFigure(
        title: "What programs hold", rows: Array(shown),
        legend: keys.map { BarFigure.Key(hue: $0.hue, words: $0.meaning) }))
  }
}

/// A part of what a program holds.
private enum Portion: CaseIterable {
  case alone, share, others, swap

  var hue: Hue {
    switch self {
    case .alone: .first
    case .share: .second
    case .others: .third
    case .swap: .beside
    }
  }

  var meaning: String {
    switch self {
    case .alone: "alone (USS)"
    case .share: "its share of what it shares (the rest of PSS)"
    case .others: "others' shares (the rest of RSS)"
    case .swap: "in swap"
    }
  }
}

extension ProcessTop.Row {
  private var label: String { group ?? "\(process.name) (\(process.pid))" }

  fileprivate var bar: BarFigure.Row {
    // What isn't known has no length, and takes none of the next amount's.
    let uss = sums.uss.isUnknown ? 0 : sums.uss.bytes
    let pss = sums.pss.isUnknown ? uss : max(uss, sums.pss.bytes)
    let rss = sums.rss.isUnknown ? pss : max(pss, sums.rss.bytes)
    let swap = sums.swap.isUnknown ? 0 : sums.swap.bytes
    let amounts: [(Portion, Int64)] = [
      (.alone, uss), (.share, pss.minus(uss)), (.others, rss.minus(pss)), (.swap, swap),
    ]
    let parts = amounts.filter { $0.1 > 0 }.map { portion, bytes in
      BarFigure.Part(
        amount: Double(bytes), hue: portion.hue,
        words: "\(label): \(Amount.short(bytes)) \(portion.meaning)")
    }
    return BarFigure.Row(
      label: label,
      words: "USS \(ProcessFormat.amount(sums.uss))",
      parts: parts)
  }
}
