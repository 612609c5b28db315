/// The boot parameters listed in `/proc/cmdline`.
///
/// Written by `fs/proc/cmdline.c`; split as `lib/cmdline.c` (`next_arg`) does. Readable by everyone.
package struct KernelCommandLine: Hashable, Sendable {
  /// One parameter: `name` or `name=value`.
  package struct Parameter: Hashable, Sendable {
    /// The name as it was typed; in the kernel `-` and `_` are the same in names.
    package let name: String
    /// What follows the `=`, without its quotes; nothing if there is no `=`.
    package let value: String?
  }

  /// The parameters in the order of the command line, repeated ones included.
  package private(set) var parameters: [Parameter] = []
  /// The words after `--`, which the kernel hands to init.
  package private(set) var initArguments: [String] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file; an empty command line is valid.
  ///
  /// - Throws: `ParseError` if an error message stands in place of the command line.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// The value of the last parameter of that name: `.some(nil)` if it has none, `nil` if it isn't set.
  package subscript(name: String) -> String?? {
    let wanted = Self.folded(name)
    return parameters.last { Self.folded($0.name) == wanted }.map(\.value)
  }

  /// Whether the parameter occurs, with or without a value.
  package func isSet(_ name: String) -> Bool { self[name] != nil }
}

extension KernelCommandLine: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/cmdline", example: "quiet", names: ["cmdline"],
    marks: [TextMark(.weak, line: "BOOT_IMAGE=")], mayBeEmpty: true,
    secrets: .everything)
}

extension KernelCommandLine {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      if isErrorMessage(line) { throw Self.file.refusal(of: text) }
      let isClosed = addParameters(of: line)
      if !isClosed { remarks.note(line: lines.number, "a quotation mark is not closed") }
    }
  }

  /// Adds the parameters of a line; false if a quotation mark stays open to its end.
  private mutating func addParameters(of line: Span<UInt8>) -> Bool {
    var isQuoted = false
    var isForInit = false
    var start = 0
    for index in 0...line.count {
      if index < line.count, line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard index == line.count || (!isQuoted && Ascii.isBlank(line[index])) else { continue }
      let word = line.extracting(start..<index)
      start = index + 1
      if isForInit {
        if !word.isEmpty { initArguments.append(word.text) }
      } else if word.equals("--") {
        isForInit = true
      } else if !word.isEmpty {
        parameters.append(Parameter(word))
      }
    }
    return !isQuoted
  }

  private static func folded(_ name: String) -> String {
    String(
      decoding: name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }
}

extension KernelCommandLine.Parameter {
  /// Splits a word at its first `=` and takes the quotes off, which may stand around all of it.
  fileprivate init(_ word: Span<UInt8>) {
    let word = word.unquoted()
    guard let equals = word.offset(of: "="), equals > 0 else {
      self.init(name: word.text, value: nil)
      return
    }
    let value = word.extracting((equals + 1)..<word.count).unquoted()
    self.init(name: word.extracting(0..<equals).text, value: value.text)
  }
}

extension Span<UInt8> {
  /// The part between quotation marks, where it begins with one.
  @_lifetime(copy self)
  fileprivate func unquoted() -> Span<UInt8> {
    let quote = UInt8(ascii: "\"")
    guard !isEmpty, self[0] == quote else { return self }
    let end = count > 1 && self[count - 1] == quote ? count - 1 : count
    return extracting(1..<end)
  }
}
