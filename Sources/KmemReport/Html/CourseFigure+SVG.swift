extension CourseFigure {
  /// The amounts over time as SVG: lines stretch with the page, text keeps its size.
  var markup: String {
    let caption = Markup.element(
      "figcaption",
      Markup.element("b", text: title)
        + (rate.isEmpty ? "" : Markup.element("span", ["class": "rate"], text: rate)))
    let plot = Markup.element(
      "svg",
      [
        "width": "100%", "height": "\(Self.height)", "y": "\(Self.top)",
        "viewBox": "0 0 1000 \(Self.height)", "preserveAspectRatio": "none",
      ], drawn)
    return caption
      + Markup.element(
        "svg",
        [
          "role": "img", "width": "100%", "height": "\(Self.height + Self.top + 22)",
          "aria-label": rate.isEmpty ? title : "\(title): \(rate)",
        ], grid + plot + names + axis) + legend
  }

  private static let height = 150
  private static let top = 18

  private var scale: Scale {
    let amounts = points.flatMap { [$0.low, $0.high] } + levels.map(\.value) + line.map(\.amount)
    return Scale(least: amounts.min() ?? 0, most: amounts.max() ?? 1)
  }

  private var span: Scale {
    Scale(least: times.first?.value ?? 0, most: times.last?.value ?? 1)
  }

  private func x(_ time: Double) -> Double { span.share(time) * 1000 }
  private func y(_ amount: Double) -> Double {
    (1 - scale.share(amount)) * Double(Self.height - 2) + 1
  }

  private func corners(_ places: [Place]) -> String {
    places.map { "\(Markup.number(x($0.time))),\(Markup.number(y($0.amount)))" }
      .joined(separator: " ")
  }

  private var drawn: String {
    let range =
      points.map { Place(time: $0.time, amount: $0.high) }
      + points.reversed().map { Place(time: $0.time, amount: $0.low) }
    let isThinned = points.contains { $0.low != $0.high }
    return shape("polygon", "band", band)
      + (isThinned ? shape("polygon", "range", range) : "")
      + shape("polyline", "course", points.map { Place(time: $0.time, amount: $0.low) })
      + shape("polyline", "floor", floors) + shape("polyline", "fit", line)
  }

  private func shape(_ name: String, _ style: String, _ places: [Place]) -> String {
    guard places.count > 1 else { return "" }
    return Markup.element(name, ["class": style, "points": corners(places)], "")
  }

  private var grid: String {
    levels.map { level in
      let place = Markup.number(y(level.value) + Double(Self.top))
      return Markup.element(
        "line", ["class": "grid", "x2": "100%", "y1": place, "y2": place], "")
    }.joined()
  }

  /// The names of the levels, over the lines.
  private var names: String {
    levels.map { level in
      let place = Markup.number(y(level.value) + Double(Self.top) - 4)
      return Markup.element("text", ["x": "0", "y": place, "class": "tick"], text: level.words)
    }.joined()
  }

  /// What the lines are, where there is more than one.
  private var legend: String {
    guard !line.isEmpty else { return "" }
    let keys = [
      ("course", "amount"), ("floor", "floors"),
      ("fit", band.isEmpty ? "fitted line" : "fitted line, in its band of 95 %"),
    ]
    let items = keys.map { style, words in
      Markup.element(
        "span", ["class": "key"],
        Markup.element(
          "svg", ["width": "24", "height": "8", "aria-hidden": "true"],
          Markup.element("line", ["class": style, "x2": "24", "y1": "4", "y2": "4"], ""))
          + Markup.escaped(words))
    }
    return Markup.element("p", ["class": "legend"], items.joined(separator: " "))
  }

  private var axis: String {
    times.enumerated().map { index, time in
      Markup.element(
        "text",
        [
          "x": index == 0 ? "0" : "100%", "y": "\(Self.height + Self.top + 16)",
          "class": index == 0 ? "tick" : "tick end",
        ], text: time.words)
    }.joined()
  }
}
