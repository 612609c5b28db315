internal import FoundationEssentials

extension Manifest {
  /// Where the manifest lies below the root.
  package static let path = "kmemcheck/manifest.json"

  /// Reads the manifest from its file.
  ///
  /// - Throws: an error of the decoder if the text isn't JSON or lacks a field of version 1.
  package init(decoding json: [UInt8]) throws {
    self = try JSONDecoder().decode(Manifest.self, from: Data(json))
  }

  /// The contents of its file: JSON with sorted keys.
  package func encoded() throws -> [UInt8] { try jsonBytes(of: self) }
}

extension ModuleFacts {
  /// Where the facts lie below the root.
  package static let path = "kmemcheck/modules.json"

  /// Reads the facts from their file.
  ///
  /// - Throws: an error of the decoder if the text isn't JSON of this form.
  package init(decoding json: [UInt8]) throws {
    self = try JSONDecoder().decode(ModuleFacts.self, from: Data(json))
  }

  /// The contents of their file: JSON with sorted keys.
  package func encoded() throws -> [UInt8] { try jsonBytes(of: self) }
}

private func jsonBytes(of value: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
  return Array(try encoder.encode(value))
}
