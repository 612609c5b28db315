extension FlameFigure {
  /// The tree as SVG, whose text the browser's own search finds.
  var markup: String {
    Markup.element("figcaption", Markup.element("b", text: title))
      + Markup.element(
        "svg",
        [
          "role": "img", "width": "100%", "height": "\(height)", "class": "flames",
          "aria-label": title,
        ], drawn) + legend
  }

  /// What the colours tell; nothing where they only set neighbours apart.
  private var legend: String {
    guard isCompared else { return "" }
    let keys = [
      ("more-3", "grew"), ("less-3", "shrank"),
      ("same", "changed by less than a hundredth of that; width: bytes now"),
    ].map { style, words in
      Markup.element("span", ["class": "key"], Markup.swatch(style) + Markup.escaped(words))
    }
    return Markup.element("p", ["class": "legend"], keys.joined(separator: " "))
  }

  /// The cells alone.
  var drawn: String { drawn(root, at: 0, level: 0, least: least) }

  /// Pixels from the root to the deepest function that is drawn.
  var height: Int { depth(root, least: least) * Self.height }

  private static let height = 20

  /// The most cells that are drawn, so that a document stays small.
  private static let most = 700

  /// The least share of all bytes that has a cell: nobody sees less than half a pixel.
  private var least: Double {
    var shares: [Double] = []
    collect(root, &shares)
    guard shares.count > Self.most else { return 0.0005 }
    return max(0.0005, shares.sorted(by: >)[Self.most].nextUp)
  }

  private var whole: Double { Double(max(1, root.bytes)) }

  private func collect(_ node: Node, _ shares: inout [Double]) {
    shares.append(Double(node.bytes) / whole)
    for callee in node.callees { collect(callee, &shares) }
  }

  private func depth(_ node: Node, level: Int = 1, least: Double) -> Int {
    node.callees.filter { Double($0.bytes) / whole >= least }
      .map { depth($0, level: level + 1, least: least) }.max() ?? level
  }

  private func drawn(_ node: Node, at start: Double, level: Int, least: Double) -> String {
    let share = Double(node.bytes) / whole
    guard share >= least else { return "" }
    var next = start
    let callees = node.callees.map { callee in
      defer { next += Double(callee.bytes) / whole }
      return drawn(callee, at: next, level: level + 1, least: least)
    }
    return cell(node, at: start, share, level) + callees.joined()
  }

  /// The class of a cell's colour: by level; of two moments by growth, as difffolded.pl's readers
  /// colour it, red for more and blue for less, deeper with the share of the largest growth.
  private func style(_ node: Node, _ level: Int) -> String {
    guard isCompared else { return "flame-\(level % 3)" }
    let share = Double(node.gained.magnitude) / Double(max(1, greatest(root)))
    guard share >= 0.01 else { return "same" }
    let depth = share > 0.5 ? 3 : share > 0.05 ? 2 : 1
    return "\(node.gained > 0 ? "more" : "less")-\(depth)"
  }

  private func greatest(_ node: Node) -> UInt64 {
    node.callees.reduce(node.gained.magnitude) { max($0, greatest($1)) }
  }

  private func cell(_ node: Node, at start: Double, _ share: Double, _ level: Int) -> String {
    let label =
      share < 0.02 ? "" : Markup.element("text", ["x": "3", "y": "14"], text: node.name)
    return Markup.element(
      "svg",
      [
        "x": Markup.percent(start), "y": "\(level * Self.height)",
        "width": Markup.percent(share), "height": "\(Self.height - 1)",
      ],
      Markup.element("title", text: node.words)
        + Markup.element(
          "rect", ["class": style(node, level), "width": "100%", "height": "100%"], "") + label)
  }
}
