extension FlameFigure {
  /// The tree as SVG, whose text the browser's own search finds.
  var markup: String {
    let depth = Self.depth(root)
    return Markup.element("figcaption", Markup.element("b", text: title))
      + Markup.element(
        "svg",
        [
          "role": "img", "width": "100%", "height": "\(depth * Self.height)", "class": "flames",
          "aria-label": title,
        ], drawn(root, at: 0, of: Double(max(1, root.bytes)), level: 0))
  }

  private static let height = 20

  private static func depth(_ node: Node, level: Int = 1) -> Int {
    node.callees.map { depth($0, level: level + 1) }.max() ?? level
  }

  private func drawn(_ node: Node, at start: Double, of whole: Double, level: Int) -> String {
    let share = Double(node.bytes) / whole
    // Narrower than half a pixel nobody sees it.
    guard share > 0.0005 else { return "" }
    var next = start
    let callees = node.callees.map { callee in
      defer { next += Double(callee.bytes) / whole }
      return drawn(callee, at: next, of: whole, level: level + 1)
    }
    return cell(node, at: start, share, level) + callees.joined()
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
          "rect", ["class": "flame-\(level % 3)", "width": "100%", "height": "100%"], "") + label)
  }
}
