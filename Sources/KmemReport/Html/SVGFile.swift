/// A picture as a file of its own, which loads nothing and runs nothing.
package struct SVGFile {
  private let figure: Figure

  /// Takes what is drawn.
  package init(_ figure: Figure) { self.figure = figure }

  /// The whole document: the picture at a fixed width, with its legend in it.
  package var text: String {
    guard case .bars(let bars) = figure else { return "" }
    let height = 46 + bars.height + 22 * bars.legend.count
    let title = Markup.element("text", ["y": "20", "class": "title"], text: bars.title)
    let inner =
      title + "<svg y=\"34\" width=\"\(Self.width)\">\(bars.drawn)</svg>"
      + legend(bars, top: bars.height + 40)
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.width + 32)\" "
      + "height=\"\(height + 16)\" viewBox=\"-16 -8 \(Self.width + 32) \(height + 16)\">\n"
      + "<style>\(StyleSheet.ofPictures)</style>\n"
      + "<rect class=\"paper\" x=\"-16\" y=\"-8\" width=\"100%\" height=\"100%\"></rect>\n"
      + "\(inner)\n</svg>\n"
  }

  private static let width = 800

  private func legend(_ bars: BarFigure, top: Int) -> String {
    bars.legend.enumerated().map { index, key in
      let y = top + 22 * index
      return Markup.element(
        "rect", ["class": "h-\(key.hue.rawValue)", "y": "\(y)", "width": "12", "height": "12"], "")
        + Markup.element("text", ["x": "20", "y": "\(y + 11)"], text: key.words)
    }.joined()
  }
}
