import Foundation

/// A real file: of the running kernel, or one below the directory that `KMEMCHECK_CORPUS` names.
struct KernelFile: CustomStringConvertible, Sendable {
  let path: String
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var description: String { path }

  /// Its lines that hold more than blanks, as the standard library splits them.
  var lines: [Substring] {
    text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// Reads a file to its end; nothing if it can't be read.
  init?(_ path: String) {
    guard let file = FileHandle(forReadingAtPath: path), let data = try? file.readToEnd() else {
      return nil
    }
    self.path = path
    bytes = Array(data)
  }
}

/// The directory of real captured files, if one is named.
enum Corpus {
  static let root = ProcessInfo.processInfo.environment["KMEMCHECK_CORPUS"]
  static var isThere: Bool { root != nil }

  /// The files whose path is one of that kind, those of no bytes left out.
  static func files(where isWanted: (_ name: String, _ folder: String) -> Bool) -> [KernelFile] {
    guard let root, let paths = FileManager.default.enumerator(atPath: root) else { return [] }
    return paths.compactMap { ($0 as? String) }.sorted().compactMap { path in
      let parts = path.split(separator: "/").map(String.init)
      guard let name = parts.last, isWanted(name, parts.dropLast().last ?? ""),
        let file = KernelFile(root + "/" + path), !file.bytes.isEmpty
      else { return nil }
      return file
    }
  }

  /// The files of that name, with an ending or in a folder of that name too.
  static func files(named kind: String) -> [KernelFile] {
    files { name, folder in
      name == kind || name == kind + ".txt" || name.hasSuffix("." + kind)
        || folder == kind && name.hasSuffix(".txt")
    }
  }
}
