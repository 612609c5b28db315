import KmemAnalysis

extension CgroupTop {
  /// What each control group is charged for, and what of it is in swap; nothing where no group holds
  /// anything.
  package func figure(rows limit: Int = 15) -> Figure? {
    let shown = rows.prefix(limit).map(\.bar).filter { !$0.parts.isEmpty }
    guard !shown.isEmpty else { return nil }
    let hues = Set(shown.flatMap(\.parts).map(\.hue))
    let keys = Charge.allCases.filter { hues.contains($0.hue) }
    return .bars(
      BarFigure(
        title: "What control groups hold", rows: Array(shown),
        legend: keys.map { BarFigure.Key(hue: $0.hue, words: $0.meaning) }))
  }
}

/// A part of what a control group is charged for.
private enum Charge: CaseIterable {
  case kernel, anonymous, file, other, swap

  var hue: Hue {
    switch self {
    case .kernel: .kernel
    case .anonymous: .userSpace
    case .file: .cache
    case .other: .third
    case .swap: .beside
    }
  }

  var meaning: String {
    switch self {
    case .kernel: "kernel"
    case .anonymous: "anon: programs' own"
    case .file: "file: page cache"
    case .other: "the rest of its memory"
    case .swap: "in swap"
    }
  }
}

extension CgroupTop.Row {
  fileprivate var bar: BarFigure.Row {
    let parts = amounts.filter { $0.1 > 0 }.map { charge, bytes in
      BarFigure.Part(
        amount: Double(bytes), hue: charge.hue,
        words: "\(path): \(Amount.short(bytes)) \(charge.meaning)")
    }
    return BarFigure.Row(
      label: TerminalText.fitted(path, 60), words: memory.map { Amount.short($0) } ?? "?",
      parts: parts)
  }

  /// Version 1 counts slab where version 2 counts all of the kernel's memory.
  private var amounts: [(Charge, Int64)] {
    let known: [(Charge, Int64)] = [
      (.kernel, max(0, kernel ?? slab ?? 0)), (.anonymous, max(0, anonymous ?? 0)),
      (.file, max(0, file ?? 0)),
    ]
    let rest = max(0, (memory ?? 0).minus(known.sum(\.1)))
    return known + [(.other, rest), (.swap, max(0, swap ?? 0))]
  }
}
