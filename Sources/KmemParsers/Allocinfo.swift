/// The memory that each allocating line of source holds, listed in `/proc/allocinfo`.
///
/// Written by `lib/alloc_tag.c` since 6.10 with `CONFIG_MEM_ALLOC_PROFILING`. Readable by root only.
/// Versions 1.0 and 2.0 (6.18) of the format are read, and lines whose sizes were made readable: by
/// `numfmt --to=iec`, or by the kernel itself in what it prints when memory is short (`lib/show_mem.c`).
package struct Allocinfo: Hashable, Sendable {
  /// One line of the file.
  package struct Tag: Hashable, Sendable {
    /// The memory held; negative where the sum over CPUs went below zero.
    package let bytes: Int64
    /// The most by which the memory held may be wrong, in bytes: what a readable size hides.
    package let error: Int64
    /// The allocations held; 2^64 − n where the sum over CPUs went below zero.
    package let calls: UInt64
    /// The source file without `../` steps.
    package let file: String
    /// The line of the source file, counted from 1.
    package let line: Int
    /// The module; nothing for the kernel itself.
    package let module: String?
    /// The function that the line is in.
    package let function: String
    /// Whether the kernel counted all of it: false for `accurate:no` (6.18).
    package let isAccurate: Bool
    /// The `key:value` pairs after the function, all of them.
    package let attributes: [String]
  }

  /// The version in the header; nothing if the header is missing.
  package private(set) var version: String?
  /// The lines in the file's order; those of an inline function occur many times, most are zero.
  package private(set) var tags: [Tag] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file; the header alone is valid.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Allocinfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/allocinfo", example: "4096 1 mm/slub.c:3075 func:alloc_slab_page",
    nameWord: "allocinfo",
    marks: [
      TextMark(.unmistakable, within: "allocinfo - version"), TextMark(.weak, within: " func:"),
    ], cost: .locks, limit: 16 << 20)
}

extension Allocinfo {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    // A line of the file takes about a hundred bytes.
    tags.reserveCapacity(text.count / 90)
    var lines = Lines(text)
    while let line = lines.next() {
      if let tag = Tag(line, after: tags.last) {
        tags.append(tag)
      } else if line.starts(with: "allocinfo - version: ") {
        version = line.extracting(21..<line.count).trimmed().text
      } else if !line.trimmed().isEmpty, line[0] != UInt8(ascii: "#"),
        line.offset(of: "Memory allocations:") == nil
      {
        remarks.note(line: lines.number, "no tag: it needs a size, a count, a place and a function")
      }
    }
    guard version != nil || !tags.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }
}

extension Allocinfo {
  /// The header, or a tag.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if line.starts(with: "allocinfo - version") { return .first }
    return Tag(line, after: nil) != nil ? .row : nil
  }

  /// The line that names the columns.
  package static func holds(_ line: Span<UInt8>) -> Bool? { line.starts(with: "#") }
}

extension Allocinfo.Tag {
  /// Parses a line; most have the file and the module of the line before.
  init?(_ line: Span<UInt8>, after previous: Self?) {
    var fields = NumberFields(line)
    guard let size = Self.size(&fields, line), let calls = fields.nextDecimal(),
      fields.skipBlanks()
    else { return nil }
    let start = fields.offset
    while let word = fields.next() {
      let word = line.extracting(word)
      guard word.starts(with: "func:") else { continue }
      let end = fields.offset - word.count
      guard word.count > 5,
        let place = Place(line.extracting(start..<end).trimmed(), after: previous)
      else { return nil }
      let attributes = Self.attributes(&fields, line)
      self.init(
        bytes: size.bytes, error: size.error, calls: calls, file: place.file, line: place.line,
        module: place.module,
        function: word.extracting(5..<word.count).text,
        isAccurate: !attributes.contains("accurate:no"), attributes: attributes)
      return
    }
    return nil
  }

  /// The size: bytes, or a readable one such as `2.8M` or `38.4 MiB`, behind the time of a log line.
  private static func size(_ fields: inout NumberFields, _ line: Span<UInt8>) -> PrintedAmount? {
    guard var word = fields.next() else { return nil }
    if let bytes = line.extracting(word).signedDecimal {
      var unit = fields
      guard let next = unit.next(), Self.isUnit(line.extracting(next)) else {
        return PrintedAmount(bytes: bytes)
      }
    }
    while line[word.lowerBound] == UInt8(ascii: "[") || line[word.upperBound - 1] == 0x5D {
      guard let next = fields.next() else { return nil }
      word = next
    }
    var unit = fields
    if let next = unit.next(), Self.isUnit(line.extracting(next)) {
      fields = unit
      var joined: [UInt8] = []
      for index in word { joined.append(line[index]) }
      for index in next { joined.append(line[index]) }
      return PrintedAmount(joined.span, exact: 1)
    }
    return PrintedAmount(line.extracting(word), exact: 1)
  }

  /// Whether it is a unit that stands by itself, as `string_get_size` prints it.
  private static func isUnit(_ word: Span<UInt8>) -> Bool {
    word.equals("B") || word.equals("KiB") || word.equals("MiB") || word.equals("GiB")
      || word.equals("TiB")
  }

  private static func attributes(_ fields: inout NumberFields, _ line: Span<UInt8>) -> [String] {
    var attributes: [String] = []
    while let word = fields.next() { attributes.append(line.extracting(word).text) }
    return attributes
  }

  /// What stands before the function: `file:line` or `file:line [module]`.
  private struct Place {
    let file: String
    let line: Int
    let module: String?

    init?(_ text: Span<UInt8>, after previous: Allocinfo.Tag?) {
      var end = text.count
      if end > 0, text[end - 1] == UInt8(ascii: "]"), let bracket = text.offset(of: " [") {
        let name = text.extracting((bracket + 2)..<max(end - 1, bracket + 2))
        module = name.same(as: previous?.module) ?? name.text
        end = bracket
      } else {
        module = nil
      }
      var colon = end - 1
      while colon > 0, text[colon] != Ascii.colon { colon -= 1 }
      guard colon > 0, let line = text.extracting((colon + 1)..<end).trimmed().decimal,
        let line = Int(exactly: line)
      else { return nil }
      self.line = line
      let path = text.extracting(0..<colon)
      file = path.same(as: previous?.file) ?? path.normalisedPath
    }
  }
}

extension Span<UInt8> {
  /// That string, if its text is this one: a string less to be made.
  fileprivate func same(as string: String?) -> String? {
    guard let string, equals(string.utf8.span) else { return nil }
    return string
  }

  /// The path without `.` and `..` steps, which builds outside the source tree leave in it.
  fileprivate var normalisedPath: String {
    guard hasDotStep else { return text }
    let path = text
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == ".." {
        _ = steps.popLast()
      } else {
        steps.append(step)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
  }

  /// Whether a step of the path ends in a dot.
  private var hasDotStep: Bool {
    var previous: UInt8 = 0
    for index in indices {
      if self[index] == UInt8(ascii: "/"), previous == UInt8(ascii: ".") { return true }
      previous = self[index]
    }
    return false
  }
}
