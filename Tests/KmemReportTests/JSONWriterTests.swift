import Foundation
import Synchronization
import Testing

@testable import KmemReport
@testable import KmemSnapshot

/// The writer of documents, against Foundation's encoder.
struct JSONWriterTests {
  /// What the encoder is given: the same tree as values that it knows.
  private struct Tree: Encodable {
    let value: JSONValue

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .null: try container.encodeNil()
      case .bool(let value): try container.encode(value)
      case .int(let value): try container.encode(value)
      case .double(let value): try container.encode(value)
      case .string(let value): try container.encode(value)
      case .array(let values): try container.encode(values.map(Tree.init))
      case .made(let count, let value):
        try container.encode((0..<count).map { Tree(value: value($0)) })
      case .streamed: Issue.record("members of a closure are no tree")
      case .object(let members): try container.encode(members.mapValues(Tree.init))
      case .sorted(let members):
        try container.encode(
          Dictionary(uniqueKeysWithValues: members.map { ($0.key, Tree(value: $0.value)) }))
      }
    }
  }

  private func encoded(_ value: JSONValue) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Tree(value: value)), as: UTF8.self) + "\n"
  }

  @Test(
    arguments: [
      .null, .bool(true), .int(.min), .int(.max), .double(0.1), .double(-3), .double(1e300),
      .double(.leastNonzeroMagnitude), .double(1.5e16), .double(123456789.25), .double(-0.0),
      .array([]),
      .object([:]), .array([.array([]), .object([:])]), .made(0) { _ in .null },
      .made(3) { .int(Int64($0)) }, .sorted([]),
      .sorted([("a", .null), ("b", .sorted([("c", .null)]))]),
      .string("a/b \"c\" \\ \n\r\t\u{8}\u{C}\u{1}\u{1F} ä 𝄞 é"),
      .object([
        "b": .int(1), "a": .int(2), "B": .null, "a1": .null, "a10": .null, "a2": .null, "ä": .null,
        "": .null, "é": .null,
      ]),
    ] as [JSONValue])
  func `a value is written as Foundation writes it`(value: JSONValue) throws {
    #expect(value.text == (try encoded(value)))
  }

  @Test func `random trees are written as Foundation writes them`() throws {
    var random = SystemRandomNumberGenerator()
    func tree(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth == 0 ? 5 : 8), using: &random) {
      case 0: .null
      case 1: .bool(.random(using: &random))
      case 2: .int(.random(in: .min ... .max, using: &random))
      case 3: .double(.random(in: -1e9...1e9, using: &random))
      case 4:
        .string(
          String(
            (0..<8).map { _ in Character(Unicode.Scalar(UInt8.random(in: 0..<127, using: &random)))
            }))
      case 5: .array((0..<3).map { _ in tree(depth - 1) })
      default:
        .object(
          Dictionary(
            (0..<4).map { _ in ("k\(UInt8.random(in: 0..<99, using: &random))", tree(depth - 1)) }
          ) { $1 })
      }
    }
    for _ in 0..<300 {
      let value = tree(4)
      #expect(value.text == (try encoded(value)))
    }
  }

  @Test func `members that are written as they are made are those of the tree`() {
    let streamed = JSONValue.streamed(2) { json, index in
      json.member("flag", index == 0)
      json.member("nothing", nil as Int64?)
      json.object("object") { _ in }
      json.objects("objects", [1, 2]) { $0.member("n", Int64($1)) }
      json.objects("others", [Int]()) { _, _ in }
      json.member("text", "\"\u{1B}ä")
      json.member("tree", .array([.int(1), .object(["a": .null])]))
    }
    let tree = JSONValue.made(2) { index in
      .object([
        "flag": .bool(index == 0), "nothing": .null, "object": .object([:]),
        "objects": .array([.object(["n": .int(1)]), .object(["n": .int(2)])]), "others": .array([]),
        "text": .string("\"\u{1B}ä"), "tree": .array([.int(1), .object(["a": .null])]),
      ])
    }
    #expect(streamed.text == tree.text)
  }

  @Test func `what lies deeper than the longest indentation is indented`() throws {
    let deep = (0..<200).reduce(JSONValue.null) { inner, _ in .array([inner]) }
    #expect(deep.text == (try encoded(deep)))
  }

  @Test func `nothing more is made once the sink takes no more`() {
    struct Full: Error {}
    let made = Mutex(0)
    let document = JSONValue.made(1_000_000) { number in
      made.withLock { $0 += 1 }
      return .int(Int64(number))
    }
    #expect(throws: Full.self) { try JSONWriter.write(document) { _ in throw Full() } }
    #expect(made.withLock { $0 } < 100_000)
  }

  @Test func `a long document comes in pieces, the same as whole`() throws {
    let document = JSONValue.object(["rows": .made(20_000) { .object(["n": .int(Int64($0))]) }])
    var pieces: [[UInt8]] = []
    try JSONWriter.write(document) { pieces.append($0) }
    #expect(pieces.count > 5 && pieces.allSatisfy { $0.count < 1 << 17 })
    #expect(String(decoding: pieces.joined(), as: UTF8.self) == document.text)
  }
}
