internal import KmemParsers
internal import KmemSnapshot

/// A directory in which kernel files lie, and how they lie there.
enum TreeRoot: Hashable {
  /// Laid out as `/`.
  case root(String)
  /// A copy of `/proc` itself.
  case proc(String)
  /// A folder of files whose names tell what they are: the file by its source's path.
  case folder(String, files: [String: String])

  var path: String {
    switch self {
    case .root(let path), .proc(let path), .folder(let path, _): path
    }
  }

  /// How surely this is what the user means; a tree beats a folder with one likely name.
  var rank: Int {
    switch self {
    case .root: 0
    case .proc: 1
    case .folder: 2
    }
  }
}

extension TreeRoot {
  /// Files of which at least one is in every tree laid out as `/`.
  private static let marks =
    KernelFiles.all.filter { $0.isLive && $0.title != nil }.map(\.path)
    + [
      Manifest.path, "sys/devices/system/node", SlabAliases.directory, "sys/kernel/mm/hugepages",
      CgroupFiles.root,
    ]

  /// Recognises the directory from its entries.
  ///
  /// - Throws: `SourceError` if a folder holds several files of one kind.
  init?(at path: String, entries: [DirectoryEntry]) throws {
    let names = Set(entries.map(\.name))
    if names.contains("proc") || names.contains("sys") || names.contains("kmemcheck"),
      Self.marks.contains(where: { Self.exists("\(path)/\($0)") })
    {
      self = .root(path)
    } else if entries.contains(where: {
      $0.kind == .file && KernelFileNames.source(inProc: $0.name) != nil
    }) {
      self = .proc(path)
    } else if let files = try Self.files(in: path, entries) {
      self = .folder(path, files: files)
    } else {
      return nil
    }
  }

  private static func exists(_ path: String) -> Bool {
    let kind = DirectoryEntry.Kind(of: path)
    return kind == .file || kind == .directory
  }

  private static func files(in path: String, _ entries: [DirectoryEntry]) throws
    -> [String: String]?
  {
    var files: [String: String] = [:]
    for entry in entries where entry.kind == .file && !KernelFileNames.isArchive(entry.name) {
      guard let source = KernelFileNames.source(named: entry.name) else { continue }
      if let other = files[source] {
        throw SourceError(
          .usage,
          "\(path) holds more than one file of a kind: \(other) and \(entry.name); name one of them"
        )
      }
      files[source] = entry.name
    }
    return files.isEmpty ? nil : files
  }
}
