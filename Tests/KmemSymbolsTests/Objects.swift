import Foundation
import KmemAnalysis
import KmemTestSupport
import Testing

@testable import KmemSymbols

/// The small objects of `Fixtures/objects`, and the truth about them from their sources.
enum Objects {
  static let folder = Fixture.path("objects")
  static let build = "41c9699070d71178a86ae668bb004b6ca257b859"
  static let sourceVersion = "0123456789ABCDEF0123456"

  /// The line with this mark.
  static func line(_ mark: String, in file: String) throws -> Int {
    let data = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"))
    let lines = String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    return try #require(lines.firstIndex { $0.contains("mark: \(mark) *") }) + 1
  }

  /// A line of source as the answers have it.
  static func source(_ function: String, _ mark: String, in file: String) throws -> SourceLine {
    SourceLine(function: function, file: file, line: try line(mark, in: file))
  }

  static func frame(
    _ function: String, _ offset: UInt64, _ length: UInt64?, module: String? = "leaky"
  ) -> CodeFrame {
    CodeFrame(function: function, offset: offset, length: length, module: module)
  }

  /// What is answered about the frames, with files from a folder that holds these.
  static func answers(
    _ frames: CodeFrame..., files: [String: String], vmlinux: String? = nil,
    identities: SymbolIdentities = SymbolIdentities(modules: ["leaky": build])
  ) throws -> SourceAnswers {
    let folder = try self.folder(files)
    let places = SymbolPlaces(
      vmlinux: vmlinux.map { "\(Self.folder)/\($0)" }, folders: [folder.path])
    return SymbolResolver(places, identities).answers(to: Set(frames))
  }

  /// A folder with copies of the objects, by the name that they get.
  static func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, object) in files {
      let data = try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(object)"))
      _ = try folder.write(name, Array(data))
    }
    return folder
  }
}
