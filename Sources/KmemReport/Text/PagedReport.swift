/// An answer that is written to a page, line by line.
package protocol PagedReport {
  /// The page that the answer is written to.
  var page: Page { get set }
  /// Writes the whole answer to the page.
  mutating func write()
}

extension PagedReport {
  /// The answer as text.
  package var text: String {
    var report = self
    report.write()
    return report.page.text
  }
}
