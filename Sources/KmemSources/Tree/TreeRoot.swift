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
  /// A vendor's bundle with texts of these names.
  case bundle(String, VendorBundle, texts: [String])

  var path: String {
    switch self {
    case .root(let path), .proc(let path), .folder(let path, _), .bundle(let path, _, _): path
    }
  }

  /// How surely this is what the user means.
  var rank: TreeRank {
    switch self {
    case .root: .root
    case .proc: .proc
    case .folder(_, let files): KernelFileNames.rank(of: files.keys)
    case .bundle(_, let bundle, _): bundle.rank
    }
  }

  /// Whether nothing but logs was found.
  var holdsLogsOnly: Bool {
    guard case .folder(_, let files) = self else { return false }
    return files.keys.allSatisfy { $0.hasPrefix("var/log/") }
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
    } else if let texts = Self.texts(of: .supportconfig, in: path, entries) {
      self = .bundle(path, .supportconfig, texts: texts)
    } else {
      let files = try Self.files(in: path, entries)
      let isStray = files.map { KernelFileNames.rank(of: $0.keys) == .stray } ?? true
      if isStray, let texts = Self.texts(of: .bugreport, in: path, entries) {
        guard texts.count == 1 else { throw Self.severalFiles(texts[0], texts[1], in: path) }
        self = .bundle(path, .bugreport, texts: texts)
      } else if let files {
        self = .folder(path, files: files)
      } else {
        return nil
      }
    }
  }

  private static func exists(_ path: String) -> Bool {
    let kind = DirectoryEntry.Kind(of: path)
    return kind == .file || kind == .directory
  }

  private static func severalFiles(_ one: String, _ other: String, in path: String) -> SourceError {
    SourceError(
      .usage, "\(path) holds more than one file of a kind: \(one) and \(other); name one of them")
  }

  /// The texts of the bundle in the directory, that with the state of memory first.
  private static func texts(
    of bundle: VendorBundle, in path: String, _ entries: [DirectoryEntry]
  ) -> [String]? {
    let files = entries.filter { $0.kind == .file }.map(\.name)
    let texts = files.filter { name in
      bundle.isMain(name) && bundle.isText(readFile("\(path)/\(name)", limit: 1 << 18).bytes)
    }
    return texts.isEmpty ? nil : texts + files.filter(bundle.others.contains)
  }

  private static func files(in path: String, _ entries: [DirectoryEntry]) throws
    -> [String: String]?
  {
    var files: [String: String] = [:]
    for entry in entries where entry.kind == .file && !KernelFileNames.isArchive(entry.name) {
      guard let source = KernelFileNames.source(named: entry.name) else { continue }
      if let other = files[source] {
        throw severalFiles(other, entry.name, in: path)
      }
      files[source] = entry.name
    }
    return files.isEmpty ? nil : files
  }
}
