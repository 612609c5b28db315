package import KmemParsers

/// Reads the lines of Valgrind's XML that a text holds, one document after another.
package final class ValgrindXML {
  private var reader: XMLReader?
  private var document = ValgrindDocument(line: 0)
  private var firstLine = 0
  private var events: [ProgramLeakEvent] = []

  /// A reader that has read nothing yet.
  package init() {}

  /// Reads a line; `number` is its place in the text.
  ///
  /// - Returns: why the document can't be read on, once.
  package func read(
    _ line: [UInt8], number: Int, _ receive: ProgramLeakReader.Receiver
  ) -> Remark? {
    var fault: Remark?
    if line.starts(with: Array("<valgrindoutput>".utf8)) {
      fault = end()
      begin(number)
    }
    guard let reader else { return fault }
    let error = reader.read(line + [Ascii.newline], isLast: false)
    events.forEach(receive)
    events = []
    if let error {
      self.reader = nil
      if !document.isComplete {
        fault = Remark(line: number, reason: "the XML can't be read on: \(error.reason)")
      }
    } else if document.isComplete {
      self.reader = nil
    }
    return fault
  }

  /// Ends the text.
  ///
  /// - Returns: that the last document was cut, if it was.
  package func end() -> Remark? {
    guard reader != nil, !document.isComplete else { return nil }
    reader = nil
    return Remark(line: firstLine, reason: "the XML that begins here has no end")
  }

  private func begin(_ number: Int) {
    let reader = XMLReader()
    document = ValgrindDocument(line: number)
    firstLine = number
    reader.open = { [unowned self] name, line in document.open(name, line: number + line - 1) }
    reader.close = { [unowned self] text in document.close(text) { events.append($0) } }
    self.reader = reader
  }
}
