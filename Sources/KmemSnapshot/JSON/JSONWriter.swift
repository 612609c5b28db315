/// Writes a document piece by piece: keys sorted, indented, with a newline at its end.
///
/// Foundation's encoder wants the whole tree and keeps a second one beside it, which was nine tenths of
/// the time and of the memory of `leaks --json`; the bytes are the same.
package struct JSONWriter {
  /// Takes each piece; without one the document stays in memory.
  private let sink: (([UInt8]) throws -> Void)?
  private var bytes: [UInt8] = []
  /// Why the sink took no more; what follows is written nowhere.
  private var failure: (any Error)?
  /// How many objects and arrays the next value lies in.
  private var depth = 0
  /// Whether the object or array that is being written has no value yet.
  private var isEmpty = true

  private static let piece = 1 << 16
  /// Half of a document of leaks is indentation: a comma, the end of a line and the next one's blanks are
  /// appended at once.
  private static let line: StaticString =
    ",\n                                                              "

  private init(_ sink: (([UInt8]) throws -> Void)?) { self.sink = sink }

  /// Writes the document to the sink.
  ///
  /// - Throws: what the sink throws.
  package static func write(
    _ document: JSONValue, to sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    var writer = JSONWriter(sink)
    writer.writeWhole(document)
    writer.pass()
    if let failure = writer.failure { throw failure }
  }

  /// The document's bytes.
  static func bytes(of document: JSONValue) -> [UInt8] {
    var writer = JSONWriter(nil)
    writer.writeWhole(document)
    return writer.bytes
  }

  private mutating func writeWhole(_ document: JSONValue) {
    write(document)
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func pass() {
    guard let sink else { return }
    if failure == nil {
      do { try sink(bytes) } catch { failure = error }
    }
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Members of an object that is written as it's made, in the order of their keys: no tree is made of it,
/// which for a million frames was a quarter of the time.
extension JSONWriter {
  /// A member that has any value.
  package mutating func member(_ key: StaticString, _ value: JSONValue) {
    begin(key)
    write(value)
  }

  /// A member that is a string, or `null`.
  package mutating func member(_ key: StaticString, _ text: String?) {
    begin(key)
    if let text { JSONEscapes.appendQuoted(text, to: &bytes) } else { append("null") }
  }

  /// A member that is a number, or `null`.
  package mutating func member(_ key: StaticString, _ number: Int64?) {
    begin(key)
    if let number { append(digits: String(number)) } else { append("null") }
  }

  /// A member that is a truth value, or `null`.
  package mutating func member(_ key: StaticString, _ flag: Bool?) {
    begin(key)
    if let flag { append(flag ? "true" : "false") } else { append("null") }
  }

  /// A member that is an object, whose members the closure writes.
  package mutating func object(_ key: StaticString, _ members: (inout JSONWriter) -> Void) {
    begin(key)
    writeObject(members)
  }

  /// A member that is an array of objects, one for each element.
  package mutating func objects<Element>(
    _ key: StaticString, _ elements: [Element], _ members: (inout JSONWriter, Element) -> Void
  ) {
    begin(key)
    writeArray(elements.count) { writer, index in
      writer.writeObject { members(&$0, elements[index]) }
    }
  }

  private mutating func begin(_ key: StaticString) {
    beginLine()
    append("\"")
    append(key)
    append("\" : ")
  }
}

extension JSONWriter {
  private mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(digits: String(value))
    case .double(let value): append(digits: Self.digits(value))
    case .string(let text): JSONEscapes.appendQuoted(text, to: &bytes)
    case .array(let values): writeArray(values.count) { $0.write(values[$1]) }
    case .made(let count, let value): writeArray(count) { $0.write(value($1)) }
    case .streamed(let count, let members):
      writeArray(count) { writer, index in writer.writeObject { members(&$0, index) } }
    case .object(let members): writeObject(members.sorted { $0.key < $1.key })
    case .sorted(let members):
      assert(zip(members, members.dropFirst()).allSatisfy { $0.key < $1.key }, "keys in disorder")
      writeObject(members)
    }
  }

  private mutating func writeObject(_ members: [(key: String, value: JSONValue)]) {
    writeObject { writer in
      for (key, value) in members {
        writer.beginLine()
        JSONEscapes.appendQuoted(key, to: &writer.bytes)
        writer.append(" : ")
        writer.write(value)
      }
    }
  }

  private mutating func writeObject(_ members: (inout JSONWriter) -> Void) {
    open("{")
    members(&self)
    close("}")
  }

  private mutating func writeArray(_ count: Int, _ element: (inout JSONWriter, Int) -> Void) {
    open("[")
    for index in 0..<count where failure == nil {
      if bytes.count > Self.piece { pass() }
      beginLine()
      element(&self, index)
    }
    close("]")
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    depth += 1
    isEmpty = true
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    if isEmpty { append("\n") }
    depth -= 1
    isEmpty = true
    beginLine()
    bytes.append(UInt8(ascii: bracket))
  }

  private mutating func beginLine() {
    // The array of a constant is counted each time that it's used: that was a sixteenth of the time.
    let (line, start) = (Self.line, isEmpty ? 1 : 0)
    let end = min(depth * 2 + 2, line.utf8CodeUnitCount)
    append(line, start..<end)
    for _ in end..<(depth * 2 + 2) { bytes.append(UInt8(ascii: " ")) }
    isEmpty = false
  }

  private mutating func append(_ text: StaticString) {
    append(text, 0..<text.utf8CodeUnitCount)
  }

  private mutating func append(_ text: StaticString, _ range: Range<Int>) {
    let part = unsafe UnsafeBufferPointer(
      start: text.utf8Start + range.lowerBound, count: range.count)
    unsafe bytes.append(contentsOf: part)
  }

  private mutating func append(digits: String) { bytes.append(contentsOf: digits.utf8) }

  /// The shortest digits that are the number; a whole one has no fraction.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
