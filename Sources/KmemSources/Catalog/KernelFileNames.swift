internal import KmemParsers

/// Recognises a kernel file that lies outside its tree, by its name.
enum KernelFileNames {
  /// The source that each word in a file's name stands for.
  private static let distinctive = Dictionary(
    uniqueKeysWithValues: KernelFiles.all.compactMap { file in
      file.nameWord.map { ($0, file.path) }
    })

  /// Names too common to mean anything unless the whole name is one of them.
  private static let plain = Dictionary(
    uniqueKeysWithValues: KernelFiles.all.flatMap { file in file.names.map { ($0, file.path) } })

  /// What kmemcheck understands, for sentences: the first few of all.
  static let understood: String = {
    let titles = KernelFiles.all.compactMap(\.title)
    return titles.prefix(6).joined(separator: ", ") + " and \(titles.count - 6) others"
  }()

  private static let compressions = [".gz", ".xz", ".zst", ".bz2", ".lz4", ".lzma"]
  private static let archiveEndings = [
    ".tar", ".tgz", ".txz", ".tbz", ".tbz2", ".tzst", ".zip",
  ]
  private static let endings = [".txt", ".log", ".out", ".dump", ".bak"]

  /// Whether the name says that an archive is inside.
  static func isArchive(_ name: String) -> Bool {
    let name = name.lowercased()
    return archiveEndings.contains { name.hasSuffix($0) }
      || compressions.contains { name.hasSuffix(".tar" + $0) }
  }

  /// The source that a file of this name is, or nothing if the name doesn't tell.
  static func source(named name: String) -> String? {
    if let source = plain[name] { return source }
    // It is the log of the kernel that wrote the dump, and lies beside that of the one that crashed.
    if name == "kexec-dmesg.log" { return nil }
    var stem = name
    for ending in compressions + endings where stem.hasSuffix(ending) {
      stem.removeLast(ending.count)
    }
    if let source = distinctive[stem] ?? plain[stem] { return source }
    if stem.hasPrefix("config-") { return "boot/" + stem }
    if stem.hasSuffix("sys.kernel.slab") { return SlabAliases.path }
    guard stem.utf8.count <= 100 else { return nil }
    let words = stem.lowercased().split { !$0.isLetter }.map(String.init)
    let sources = Set(words.compactMap { distinctive[$0] })
    return sources.count == 1 ? sources.first : nil
  }

  /// The rank of a folder in which the names of files tell these sources.
  static func rank(of sources: some Sequence<String>) -> TreeRank {
    let tellsMemory = sources.contains { source in
      source.contains("config") || KernelFiles.all.contains { $0.path == source && $0.title != nil }
    }
    return tellsMemory ? .folder : .stray
  }

  /// The source that a file of exactly this name in a copy of /proc is.
  static func source(inProc name: String) -> String? {
    guard let source = distinctive[name], source == "proc/" + name else { return nil }
    return source
  }

  /// The path under which a source is kept, whatever the collector calls it.
  static func canonicalPath(_ path: String) -> String {
    path.hasPrefix("sos_commands/") && path.hasSuffix("sys.kernel.slab")
      ? SlabAliases.path : path
  }
}
