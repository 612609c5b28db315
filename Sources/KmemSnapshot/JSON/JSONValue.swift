/// A JSON value put together by hand: documents are a contract, so each key is written out.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
  /// An object whose members are in the order of their keys already.
  case sorted([(key: String, value: JSONValue)])
  /// So many values, each made when it's written: of a hundred thousand groups there is one at a time.
  case made(Int, @Sendable (Int) -> JSONValue)
  /// So many objects, the members of each written by the closure: no tree is made of them.
  case streamed(Int, @Sendable (inout JSONWriter, Int) -> Void)

  /// The document as text: keys sorted, indented, with a newline at its end.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The document as bytes.
  package var bytes: [UInt8] { JSONWriter.bytes(of: self) }
}

extension JSONValue {
  /// A number, or `null`.
  package init(_ value: Int64?) { self = value.map(JSONValue.int) ?? .null }
  /// A number, or `null`.
  package init(_ value: Int?) { self = value.map { .int(Int64($0)) } ?? .null }
  /// A string, or `null`.
  package init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
  /// A truth value, or `null`.
  package init(_ value: Bool?) { self = value.map(JSONValue.bool) ?? .null }
  /// An array of strings.
  package init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }

  /// A number; infinity and NaN have no form in JSON and become `null`.
  package init(_ value: Double?) {
    guard let value, value.isFinite else {
      self = .null
      return
    }
    self = .double(value)
  }
}
