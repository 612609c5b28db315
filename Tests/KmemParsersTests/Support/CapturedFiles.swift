import FoundationEssentials

/// The real captured files in the directory that the environment variable `KMEMCHECK_CORPUS` names.
enum CapturedFiles {
  static let directory = ProcessInfo.processInfo.environment["KMEMCHECK_CORPUS"]

  /// The paths of the files that are of a kind: by their name, by their extension, or by their folder.
  static func paths(of kind: String) -> [String] {
    guard let directory, let paths = try? FileManager.default.subpathsOfDirectory(atPath: directory)
    else { return [] }
    return paths.filter { path in
      let steps = path.split(separator: "/")
      guard let name = steps.last else { return false }
      return name == kind || name.hasSuffix(".\(kind)") || steps.dropLast().last == kind[...]
    }.filter { !bytes(of: $0).isEmpty }.sorted()
  }

  /// The paths of the files below a folder.
  static func paths(below folder: String) -> [String] {
    guard let directory,
      let paths = try? FileManager.default.subpathsOfDirectory(atPath: "\(directory)/\(folder)")
    else { return [] }
    return paths.map { "\(folder)/\($0)" }.filter { !bytes(of: $0).isEmpty }.sorted()
  }

  static func bytes(of path: String) -> [UInt8] {
    guard let directory else { return [] }
    return FileManager.default.contents(atPath: "\(directory)/\(path)").map(Array.init) ?? []
  }

  /// The lines that aren't blank, with plain spaces.
  static func lines(of bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { line in String(line.map { $0 == "\u{A0}" ? " " : $0 }) }
      .filter { $0.contains { $0 != " " } }
  }
}
