/// A report as one HTML file that loads nothing and runs nothing: the verdicts first, then each
/// answer with its pictures.
package struct HTMLReport {
  /// What the report is about, such as the machine's name.
  private let title: String
  /// When and by which version it was made.
  private let maker: String
  /// The answers.
  private let parts: [Part]

  /// One answer.
  package struct Part {
    /// What it tells, as a heading.
    package let title: String
    /// The answer, written in `Style.pictures`.
    package let page: TextPage

    /// Whether the answer stands beside the main one, so that its verdict counts only if it is bad.
    package let isBeside: Bool

    /// Takes an answer as it was written.
    package init(_ title: String, _ page: TextPage, isBeside: Bool = false) {
      self.title = title
      self.page = page
      self.isBeside = isBeside
    }

    /// Its verdicts that the reader must know first.
    fileprivate var verdicts: [(sentence: String, tone: Style.Tone)] {
      page.blocks.compactMap { block in
        guard case .verdict(let sentence, let tone) = block else { return nil }
        return isBeside && tone != .bad && tone != .warning ? nil : (sentence, tone)
      }
    }
  }

  /// Puts answers together.
  package init(title: String, maker: String, parts: [Part]) {
    self.title = title
    self.maker = maker
    self.parts = parts
  }

  /// The whole document.
  package var text: String {
    let head = [
      "<meta charset=\"utf-8\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"\(Self.policy)\">",
      "<meta name=\"referrer\" content=\"no-referrer\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      Markup.element("title", text: title), "<style>\(StyleSheet.text)</style>",
    ]
    let body =
      Markup.element(
        "header",
        Markup.element("h1", text: title) + verdicts
          + (parts.count > 1 ? contents : ""))
      + parts.indices.map(section).joined()
      + Markup.element("footer", text: maker)
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n\(head.joined(separator: "\n"))\n</head>\n"
      + "<body>\n\(body)\n</body>\n</html>\n"
  }

  /// Nothing may be loaded, run, framed or sent; the style sheet is the document's own.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  private var verdicts: String {
    // Of several verdicts the reader must know what each is about.
    let isAlone = parts.count { !$0.verdicts.isEmpty } < 2
    return parts.map { part in
      let about = isAlone ? "" : Markup.element("small", text: part.title) + "<br>"
      return part.verdicts.map { sentence, tone in
        Markup.element(
          "p", ["class": "verdict \(tone.className)"], about + Markup.prose(sentence))
      }.joined()
    }.joined()
  }

  private var contents: String {
    let links = parts.indices.map { index in
      Markup.element("a", ["href": "#part-\(index + 1)"], text: parts[index].title)
    }
    return Markup.element("nav", links.joined(separator: " "))
  }

  private func section(_ index: Int) -> String {
    Markup.element(
      "section", ["id": "part-\(index + 1)"],
      Markup.element("h2", text: parts[index].title)
        + parts[index].page.blocks.map(\.markup).joined(separator: "\n"))
  }
}

extension PageBlock {
  /// The part as HTML; a verdict stands at the document's beginning.
  fileprivate var markup: String {
    switch self {
    case .heading(let title, let note):
      Markup.element(
        "h3",
        Markup.escaped(title)
          + (note.isEmpty ? "" : " " + Markup.element("small", text: note)))
    case .sentence(let text, let tone, let indent, _):
      Markup.element(
        "p", ["class": tone.className + (indent > 2 ? " deep" : "")], Markup.prose(text))
    case .verdict, .blank: ""
    case .table(let table): table.markup()
    case .line(let text): Markup.element("pre", text: text)
    case .figure(let figure): Markup.element("figure", figure.markup)
    }
  }
}

extension Figure {
  fileprivate var markup: String {
    switch self {
    case .bars(let figure): figure.markup
    case .course(let figure): figure.markup
    case .flames(let figure): figure.markup
    }
  }
}
