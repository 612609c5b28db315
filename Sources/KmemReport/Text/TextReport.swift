/// An answer that is written to a page, line by line.
package protocol TextReport {
  /// The page that the answer is written to.
  var page: TextPage { get set }
  /// Writes the whole answer to the page.
  mutating func write()
}

extension TextReport {
  /// The answer as text.
  package var text: String {
    var report = self
    report.write()
    return report.page.text
  }
}
