import FoundationEssentials

/// A JSON value put together by hand: documents are a contract, so each key is written out.
package enum JSONValue: Encodable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .double(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }

  /// The document as text: keys sorted, indented, with a newline at its end.
  package var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return "null\n" }
    return JSONEscapes.defused(String(decoding: data, as: UTF8.self)) + "\n"
  }
}

extension JSONValue {
  init(_ value: Int64?) { self = value.map(JSONValue.int) ?? .null }
  init(_ value: Int?) { self = value.map { .int(Int64($0)) } ?? .null }
  init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
  init(_ value: Bool?) { self = value.map(JSONValue.bool) ?? .null }
  init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }

  /// A number; infinity and NaN have no form in JSON and become `null`.
  init(_ value: Double?) {
    guard let value, value.isFinite else {
      self = .null
      return
    }
    self = .double(value)
  }
}
