/// The socket counts listed in `/proc/net/sockstat` and `sockstat6`.
///
/// Written by `net/ipv4/proc.c`. Readable by everyone. `mem` is in pages, the others are counts.
package struct Sockstat: Hashable, Sendable {
  /// What each protocol has, by the names of the file: `protocols["TCP"]?["orphan"]`.
  package private(set) var protocols: [String: [String: Int64]] = [:]
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Sockstat {
  /// Pages that the buffers of all protocols take; nothing where the file tells none.
  ///
  /// FRAG and FRAG6 count fragments in bytes under another name (`memory`, net/ipv4/proc.c).
  package var bufferPages: Int64? {
    let pages = protocols.values.compactMap { $0["mem"] }.filter { $0 >= 0 }
    guard !pages.isEmpty else { return nil }
    return pages.reduce(0) { sum, more in
      let (total, overflow) = sum.addingReportingOverflow(more)
      return overflow ? .max : total
    }
  }
}

extension Sockstat: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/net/sockstat", example: "TCP: inuse 5 orphan 0")
}

extension Sockstat {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      guard let first = fields.next() else { continue }
      guard first.count > 1, first[first.count - 1] == Ascii.colon else {
        remarks.note(
          line: lines.number, "no line of this file: it has no name that ends in a colon")
        continue
      }
      let name = first.extracting(0..<(first.count - 1)).text
      var counts = protocols[name] ?? [:]
      while let key = fields.next() {
        guard let value = fields.next()?.signedDecimal else {
          remarks.note(line: lines.number, "\(name) has no 64-bit number after \(key.text)")
          break
        }
        counts[key.text] = value
      }
      if !counts.isEmpty { protocols[name] = counts }
    }
    guard !protocols.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }
}
