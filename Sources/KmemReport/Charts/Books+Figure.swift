import KmemAnalysis

extension Books {
  /// All of MemTotal as one bar, whose parts are the classes in the colours of their sides.
  var figure: Figure {
    let words = Amount.short(total)
    return .bars(
      BarFigure(
        title: "All memory by whose it is",
        rows: [BarFigure.Row(label: "all memory", words: words, parts: parts)],
        whole: Double(total), legend: keys))
  }

  /// The classes that hold something, side by side, the suspects first.
  var parts: [BarFigure.Part] {
    Self.order.flatMap { side in
      lines.filter { $0.memoryClass.side == side && $0.bytes ?? 0 > 0 }.map { line in
        let bytes = line.bytes ?? 0
        let share = Amount.percent(Double(bytes) / Double(total))
        return BarFigure.Part(
          amount: Double(bytes), hue: Hue(side),
          words: "\(line.memoryClass.title): \(Amount.short(bytes)), \(share), \(side.title)")
      }
    }
  }

  private var keys: [BarFigure.Key] {
    Self.order.filter { bytes($0) != 0 }.map { side in
      let share = Amount.percent(Double(bytes(side)) / Double(total))
      return BarFigure.Key(
        hue: Hue(side), words: "\(side.title) \(Amount.short(bytes(side))), \(share)")
    }
  }

  /// The sides from left to right.
  static let order: [MemorySide] = [
    .kernel, .unaccounted, .heldForUserSpace, .userSpace, .cache, .debugging, .free,
  ]
}
