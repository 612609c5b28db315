/// The lines of `/proc/self/status`, for what this process may do.
///
/// Written by `fs/proc/array.c`. Readable by everyone for most processes.
package struct ProcStatus: Hashable, Sendable {
  private var values: [String: String] = [:]
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// The value of a line as it is written, such as `self["Uid"]`.
  package subscript(name: String) -> String? { values[name] }

  /// The effective capabilities as a set of bits, `CapEff`.
  package var effectiveCapabilities: UInt64? {
    values["CapEff"].flatMap { UInt64($0, radix: 16) }
  }

  /// The effective user id, the second number of `Uid`.
  package var effectiveUserID: UInt32? {
    guard let numbers = values["Uid"]?.split(whereSeparator: { $0 == "\t" || $0 == " " }),
      numbers.count >= 2
    else { return nil }
    return UInt32(numbers[1])
  }
}

extension ProcStatus: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/self/status", example: "CapEff: 0000000000000000",
    secrets: .processStatus)
}

extension ProcStatus {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      guard let colon = line.offset(of: ":"), colon > 0, !isErrorMessage(line) else {
        remarks.note(
          line: lines.number, "no line of this file: it has no name that ends in a colon")
        continue
      }
      let name = line.extracting(0..<colon).trimmed().text
      let value = line.extracting((colon + 1)..<line.count).trimmed().text
      if values[name] == nil {
        values[name] = value
      } else {
        remarks.note(line: lines.number, "\(name) occurs again; the first one counts")
      }
    }
    guard !values.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }
}
