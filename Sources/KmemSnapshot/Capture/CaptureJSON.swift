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

  /// Reads all of it but the sources, which are most of the text: a list of captures needs none.
  ///
  /// - Throws: an error of the decoder if the text isn't JSON or lacks a field of version 1.
  package init(decodingHeadOf json: [UInt8]) throws {
    let head = try JSONDecoder().decode(ManifestHead.self, from: Data(json))
    self.init(tool: head.tool, start: head.start, end: head.end)
    schema = head.schema
    label = head.label
    hostname = head.hostname
    machineID = head.machineID
    bootID = head.bootID
    kernelRelease = head.kernelRelease
    pageSize = head.pageSize
    processors = head.processors
    userID = head.userID
    capabilities = head.capabilities
    isRedacted = head.isRedacted
  }

  /// The schema of a manifest that a later version wrote; nothing for any other file.
  package static func laterSchema(in json: [UInt8]) -> String? {
    guard let schema = try? JSONDecoder().decode(SchemaHead.self, from: Data(json)).schema,
      schema.hasPrefix("\(schemaName)/"), let version = Int(schema.dropFirst(schemaName.count + 1)),
      version > Self.version
    else { return nil }
    return schema
  }

  /// The label in a manifest of which only the beginning is at hand.
  ///
  /// Keys are sorted: the label stands before the sources, which are most of the text, and what is
  /// before them is small enough to be read at a press of a key. Nothing where there is no label, or
  /// the text isn't such a beginning.
  package static func label(inBeginning json: [UInt8]) -> String? {
    guard let sources = json.firstRange(of: Array(",\n  \"sources\"".utf8)) else { return nil }
    let head = json[..<sources.lowerBound] + Array("}".utf8)
    guard laterSchema(in: Array(head)) == nil else { return nil }
    return try? JSONDecoder().decode(LabelHead.self, from: Data(head)).label
  }
}

/// The fields of a manifest without its sources.
private struct ManifestHead: Decodable {
  let schema: String
  let tool: String
  let label: String?
  let hostname: String?
  let machineID: String?
  let bootID: String?
  let kernelRelease: String?
  let pageSize: Int?
  let processors: Int?
  let start: Manifest.Timestamp
  let end: Manifest.Timestamp
  let userID: Int?
  let capabilities: String?
  let isRedacted: Bool?
}

extension SideFile {
  /// Reads it from the contents of its file.
  ///
  /// - Throws: `UnknownSchema` for another version's file, an error of the decoder if the text
  ///   isn't JSON of this form.
  package init(decoding json: [UInt8]) throws {
    let data = Data(json)
    if let schema = try JSONDecoder().decode(SchemaHead.self, from: data).schema,
      schema != Self.schema
    {
      throw UnknownSchema(schema: schema)
    }
    self = try JSONDecoder().decode(Self.self, from: data)
  }

  /// The contents of its file: JSON with sorted keys.
  ///
  /// - Throws: an error of the encoder, as for a number that JSON doesn't know.
  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(self))
  }
}

/// The field that tells a file's version.
private struct SchemaHead: Decodable {
  let schema: String?
}

/// The field that names a capture.
private struct LabelHead: Decodable {
  let label: String?
}
