/// Pictures as a file of their own, which loads nothing and runs nothing.
package struct SVGFile {
  private let figures: [Figure]

  /// Takes what is drawn, from top to bottom.
  package init(_ figures: [Figure]) { self.figures = figures }

  /// The whole document: the pictures at a fixed width, with their legends in them.
  package var text: String {
    var top = 0
    let drawn = figures.map { figure in
      let picture = Self.picture(figure)
      defer { top += picture.height + 24 }
      return
        "<svg y=\"\(top)\" width=\"\(Self.width)\" height=\"\(picture.height)\" class=\"plot\">"
        + picture.markup + "</svg>"
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.width + 32)\" "
      + "height=\"\(top + 8)\" viewBox=\"-16 -8 \(Self.width + 32) \(top + 8)\">\n"
      + "<style>\(StyleSheet.ofPictures)</style>\n"
      + "<rect class=\"paper\" x=\"-16\" y=\"-8\" width=\"100%\" height=\"100%\"></rect>\n"
      + drawn.joined(separator: "\n") + "\n</svg>\n"
  }

  private static let width = 800
  /// The room for the names of levels.
  private static let margin = 120
  /// The room for a title.
  private static let head = 34

  private static func picture(_ figure: Figure) -> (markup: String, height: Int) {
    switch figure {
    case .bars(let bars):
      let inner = title(bars.title) + placed(bars.drawn, from: 0, bars.height)
      let top = head + bars.height + 6
      let keys = bars.legend.enumerated().map { index, key in
        let sign = Markup.element(
          "rect",
          [
            "class": "h-\(key.hue.rawValue)", "y": "\(top + 22 * index)", "width": "12",
            "height": "12",
          ], "")
        return sign + words(key.words, x: 20, y: top + 22 * index + 11)
      }
      return (inner + keys.joined(), top + 22 * keys.count)
    case .course(let course):
      let about = course.rate.isEmpty ? course.title : "\(course.title): \(course.rate)"
      let top = head + course.height + 6
      let keys = course.keys.enumerated().map { index, key in
        let (left, line) = (margin + index * 220, "\(top + 6)")
        return Markup.element(
          "line",
          ["class": key.style, "x1": "\(left)", "x2": "\(left + 24)", "y1": line, "y2": line], "")
          + words(key.words, x: left + 32, y: top + 11)
      }
      return (
        title(about) + placed(course.drawn, from: margin, course.height) + keys.joined(),
        top + (keys.isEmpty ? 0 : 22)
      )
    case .flames(let flames):
      return (
        title(flames.title) + placed(flames.drawn, from: 0, flames.height), head + flames.height
      )
    }
  }

  private static func title(_ title: String) -> String {
    Markup.element("text", ["y": "20", "class": "title"], text: title)
  }

  private static func words(_ words: String, x: Int, y: Int) -> String {
    Markup.element("text", ["x": "\(x)", "y": "\(y)"], text: words)
  }

  private static func placed(_ drawn: String, from left: Int, _ height: Int) -> String {
    "<svg x=\"\(left)\" y=\"\(head)\" width=\"\(width - left)\" height=\"\(height)\" class=\"inner\">"
      + drawn + "</svg>"
  }
}
