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

  /// The contents of its file: JSON with sorted keys.
  package func encoded() throws -> [UInt8] { try jsonBytes(of: self) }
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
  let start: Manifest.Moment
  let end: Manifest.Moment
  let userID: Int?
  let capabilities: String?
  let isRedacted: Bool?
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

extension ModuleNames {
  /// Where they lie below the root.
  package static let path = "kmemcheck/owners.json"

  /// Reads them from their file.
  ///
  /// - Throws: an error of the decoder if the text isn't JSON of this form.
  package init(decoding json: [UInt8]) throws {
    self = try JSONDecoder().decode(ModuleNames.self, from: Data(json))
  }

  /// The contents of their file: JSON with sorted keys.
  package func encoded() throws -> [UInt8] { try jsonBytes(of: self) }
}

extension ProcessFacts {
  /// Reads them from their file.
  ///
  /// - Throws: an error of the decoder if the text isn't JSON of this form.
  package init(decoding json: [UInt8]) throws {
    self = try JSONDecoder().decode(ProcessFacts.self, from: Data(json))
  }

  /// The contents of their file: JSON with sorted keys.
  package func encoded() throws -> [UInt8] { try jsonBytes(of: self) }
}

extension Capture {
  /// Which modules name which caches; nothing where that isn't known, or its file is none of ours.
  var moduleNames: ModuleNames? {
    guard let reading = sources[ModuleNames.path], reading.outcome == .read else { return nil }
    return try? ModuleNames(decoding: reading.bytes)
  }
}

private func jsonBytes(of value: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
  return Array(try encoder.encode(value))
}
