/// Writes a document piece by piece: keys sorted, indented, with a newline at its end.
///
/// Foundation's encoder wants the whole tree and keeps a second one beside it, which was nine tenths of
/// the time and of the memory of `leaks --json`; the bytes are the same.
package struct JSONWriter {
  /// Takes each piece; without one the document stays in memory.
  private let sink: (([UInt8]) throws -> Void)?
  private var bytes: [UInt8] = []

  private static let piece = 1 << 16
  /// Half of a document of leaks is indentation.
  private static let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 256)

  private init(_ sink: (([UInt8]) throws -> Void)?) { self.sink = sink }

  /// Writes the document to the sink.
  ///
  /// - Throws: what the sink throws.
  package static func write(
    _ document: JSONValue, to sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    var writer = JSONWriter(sink)
    try writer.write(document)
    try writer.pass()
  }

  /// The document's bytes.
  static func bytes(of document: JSONValue) -> [UInt8] {
    var writer = JSONWriter(nil)
    // Only a sink throws.
    try? writer.write(document)
    return writer.bytes
  }

  private mutating func write(_ document: JSONValue) throws {
    try write(document, depth: 0)
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func pass() throws {
    guard let sink else { return }
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func write(_ value: JSONValue, depth: Int) throws {
    if bytes.count > Self.piece { try pass() }
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(String(value))
    case .double(let value): append(Self.digits(value))
    case .string(let text): JSONEscapes.appendQuoted(text, to: &bytes)
    case .array(let values):
      try write(open: "[", close: "]", count: values.count, depth) {
        try $0.write(values[$1], depth: depth + 1)
      }
    case .made(let count, let value):
      try write(open: "[", close: "]", count: count, depth) {
        try $0.write(value($1), depth: depth + 1)
      }
    case .object(let members):
      try write(members.sorted { $0.key < $1.key }, depth: depth)
    case .sorted(let members):
      assert(zip(members, members.dropFirst()).allSatisfy { $0.key < $1.key }, "keys in disorder")
      try write(members, depth: depth)
    }
  }

  private mutating func write(_ members: [(key: String, value: JSONValue)], depth: Int) throws {
    try write(open: "{", close: "}", count: members.count, depth) { writer, index in
      JSONEscapes.appendQuoted(members[index].key, to: &writer.bytes)
      writer.append(" : ")
      try writer.write(members[index].value, depth: depth + 1)
    }
  }

  private mutating func write(
    open: Unicode.Scalar, close: Unicode.Scalar, count: Int, _ depth: Int,
    _ element: (inout JSONWriter, Int) throws -> Void
  ) rethrows {
    bytes.append(UInt8(ascii: open))
    for index in 0..<count {
      append(index == 0 ? "\n" : ",\n")
      indent(depth + 1)
      try element(&self, index)
    }
    append(count == 0 ? "\n\n" : "\n")
    indent(depth)
    bytes.append(UInt8(ascii: close))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func indent(_ depth: Int) {
    for _ in 0..<(depth * 2 / Self.blanks.count) { bytes += Self.blanks }
    bytes += Self.blanks.prefix(depth * 2 % Self.blanks.count)
  }

  /// The shortest digits that are the number; a whole one has no fraction.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
