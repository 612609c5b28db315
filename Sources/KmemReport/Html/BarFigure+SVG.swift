extension BarFigure {
  /// The bars as SVG with their legend.
  ///
  /// Lengths are shares of the width and text keeps its size, so that the picture fits telephones.
  var markup: String {
    let keys = legend.map { key in
      Markup.element(
        "span", ["class": "key"], Markup.swatch("h-\(key.hue.rawValue)") + Markup.escaped(key.words)
      )
    }
    let svg = Markup.element(
      "svg",
      [
        "role": "img", "width": "100%", "height": "\(height)",
        "aria-label": title,
      ], drawn)
    return svg
      + (keys.isEmpty ? "" : Markup.element("p", ["class": "legend"], keys.joined(separator: " ")))
  }

  /// The bars alone.
  var drawn: String { rows.enumerated().map { bar($1, top: Self.step * $0) }.joined() }

  /// Pixels from the first bar to the end.
  var height: Int { Self.step * rows.count }

  /// Pixels from one bar to the next: a line of text above each.
  private static let step = 40

  private func bar(_ row: Row, top: Int) -> String {
    let scale = Scale(least: least, most: row.whole ?? most)
    let label = Markup.element(
      "svg", ["width": "66%", "height": "18", "y": "\(top)"],
      Markup.element("text", ["x": "0", "y": "14"], Markup.escaped(row.label)))
    let words = Markup.element(
      "text", ["x": "100%", "y": "\(top + 14)", "class": "end"], text: row.words)
    let ground = Markup.element(
      "rect", ["class": "ground", "y": "\(top + 19)", "width": "100%", "height": "14"], "")
    return label + words + ground + parts(row, scale, top: top + 19) + zero(scale, top: top + 19)
      + row.marks.map { mark($0, scale, top: top + 16) }.joined()
  }

  private func parts(_ row: Row, _ scale: Scale, top: Int) -> String {
    var start = 0.0
    return row.parts.map { part in
      let from = part.amount < 0 ? part.amount : start
      let to = part.amount < 0 ? 0 : start + part.amount
      start = max(start, to)
      let (left, right) = (scale.share(from), scale.share(to))
      guard right > left else { return "" }
      return Markup.element(
        "rect",
        [
          "class": "h-\(part.hue.rawValue)" + (part.amount < 0 ? " less" : ""),
          "x": Markup.percent(left), "y": "\(top)",
          "width": Markup.percent(right - left), "height": "14",
        ], Markup.element("title", text: part.words))
    }.joined()
  }

  /// A line at zero, where bars go to the left of it; inside of the picture at its right end, too.
  private func zero(_ scale: Scale, top: Int) -> String {
    guard least < 0 else { return "" }
    return Markup.element(
      "rect",
      [
        "class": "axis", "x": Markup.percent(scale.share(0)), "y": "\(top)", "width": "2",
        "height": "14", "transform": "translate(-2)",
      ],
      "")
  }

  private func mark(_ mark: Mark, _ scale: Scale, top: Int) -> String {
    Markup.element(
      "rect",
      [
        "class": "mark", "x": Markup.percent(scale.share(mark.amount)), "y": "\(top)",
        "width": "2", "height": "20",
      ], Markup.element("title", text: mark.words))
  }
}

/// A range of amounts, as shares of a width.
struct Scale {
  let least: Double
  let most: Double

  /// Where an amount lies, from 0 to 1.
  func share(_ amount: Double) -> Double {
    guard most > least else { return 0 }
    return min(1, max(0, (amount - least) / (most - least)))
  }
}
