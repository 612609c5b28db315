extension CourseFigure {
  /// The amounts over time as SVG: lines stretch with the page, text keeps its size.
  var markup: String {
    let caption = Markup.element(
      "figcaption",
      Markup.element("b", text: title)
        + (rate.isEmpty ? "" : Markup.element("span", ["class": "rate"], text: rate)))
    return caption
      + Markup.element(
        "svg",
        [
          "role": "img", "class": "plot", "height": "\(height)",
          "aria-label": rate.isEmpty ? title : "\(title): \(rate)",
        ], drawn) + legend + table
  }

  /// Pixels from the topmost level to the names of times.
  var height: Int { Self.plot + Self.top + 22 }

  /// The picture alone: its names of levels stand to the left of zero.
  var drawn: String {
    let plot = Markup.element(
      "svg",
      [
        "width": "100%", "height": "\(Self.plot)", "y": "\(Self.top)",
        "viewBox": "0 0 1000 \(Self.plot)", "preserveAspectRatio": "none",
      ], lines)
    return grid + plot + axis
  }

  /// What the lines are, where there is more than one.
  var keys: [(style: String, words: String)] {
    guard !line.isEmpty else { return [] }
    return [
      ("course", "amount"), ("floor", "floors: the least of each part"),
      ("fit", band.isEmpty ? "fitted line" : "fitted line, in its band of 95 %"),
    ]
  }

  private static let plot = 150
  private static let top = 8

  private var scale: Scale {
    let amounts =
      points.flatMap { [$0.low, $0.high] } + levels.map(\.value) + (line + band).map(\.amount)
    return Scale(least: amounts.min() ?? 0, most: amounts.max() ?? 1)
  }

  private var span: Scale {
    Scale(least: times.first?.value ?? 0, most: times.last?.value ?? 1)
  }

  private func x(_ time: Double) -> Double { span.share(time) * 1000 }
  private func y(_ amount: Double) -> Double {
    (1 - scale.share(amount)) * Double(Self.plot - 2) + 1
  }

  private func corners(_ places: [Place]) -> String {
    places.map { "\(Markup.number(x($0.time))),\(Markup.number(y($0.amount)))" }
      .joined(separator: " ")
  }

  private var lines: String {
    let range =
      points.map { Place(time: $0.time, amount: $0.high) }
      + points.reversed().map { Place(time: $0.time, amount: $0.low) }
    let isThinned = points.contains { $0.low != $0.high }
    return shape("polygon", "band", band, "where the line lies, 95 % sure")
      + (isThinned ? shape("polygon", "range", range, "from the least to the most") : "")
      + shape(
        "polyline", "course", points.map { Place(time: $0.time, amount: $0.low) },
        isThinned ? "the least amount" : "the amount")
      + shape("polyline", "floor", floors, "floors") + shape("polyline", "fit", line, rate)
  }

  private func shape(
    _ name: String, _ style: String, _ places: [Place], _ words: String
  ) -> String {
    guard places.count > 1 else { return "" }
    return Markup.element(
      name, ["class": style, "points": corners(places)],
      words.isEmpty ? "" : Markup.element("title", text: "\(title): \(words)"))
  }

  /// The levels, with their names before them.
  private var grid: String {
    levels.map { level in
      let place = y(level.value) + Double(Self.top)
      let line = Markup.number(place)
      return Markup.element("line", ["class": "grid", "x2": "100%", "y1": line, "y2": line], "")
        + Markup.element(
          "text", ["x": "-8", "y": Markup.number(place + 4), "class": "tick end"],
          text: level.words)
    }.joined()
  }

  private var legend: String {
    guard !keys.isEmpty else { return "" }
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
          "x": index == 0 ? "0" : "100%", "y": "\(Self.plot + Self.top + 16)",
          "class": index == 0 ? "tick start" : "tick end",
        ], text: time.words)
    }.joined()
  }

  /// The amounts as a table, to be unfolded.
  private var table: String {
    guard !numbers.isEmpty else { return "" }
    let hasRange = numbers.contains { $0.low != $0.high }
    var table = Table(
      [.text("from")] + (hasRange ? [.number("least"), .number("most")] : [.number("amount")]))
    for number in numbers {
      table.add(
        [Table.Cell(number.when), Table.Cell(number.low)]
          + (hasRange ? [Table.Cell(number.high)] : []))
    }
    return Markup.element(
      "details",
      Markup.element("summary", text: "\(numbers.count) numbers of it")
        + table.markup())
  }
}
