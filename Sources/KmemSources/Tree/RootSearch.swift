internal import KmemParsers

/// Looks for the tree in a directory and, where it isn't one itself, in those below it.
///
/// A sosreport unpacks into a folder of its own, which often lies in another one.
struct RootSearch {
  let limits: ContainerLimits
  private var entriesSeen = 0
  private var roots: [TreeRoot] = []
  private var archives: [String] = []
  /// Why the first folder with files of a kind was not taken.
  private var refusal: SourceError?

  init(limits: ContainerLimits) { self.limits = limits }

  /// What was found: a tree, or the one archive that holds it, with what lies beside it.
  struct Found {
    var root: TreeRoot?
    var archive: String?
  }

  /// The one tree, or the one archive, at or below the path.
  ///
  /// - Throws: `SourceError` if there is none or more than one.
  static func found(at path: String, limits: ContainerLimits) throws -> Found {
    var search = RootSearch(limits: limits)
    try search.run(path)
    return try search.choice(path)
  }

  private mutating func run(_ path: String) throws {
    var level = [path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path]
    for depth in 0...limits.depth where !level.isEmpty {
      var next: [String] = []
      for directory in level {
        next += try inspect(directory, isGiven: depth == 0)
        guard roots.count(where: { $0.rank == .root }) <= 5, entriesSeen < limits.entries else {
          return
        }
      }
      if depth == 0, roots.contains(where: { $0.rank < .stray }) { return }
      level = next
    }
  }

  /// Notes the directory if it's a tree; returns those below it otherwise.
  private mutating func inspect(_ directory: String, isGiven: Bool) throws -> [String] {
    guard let entries = try? listDirectory(directory, limit: limits.entries - entriesSeen) else {
      return []
    }
    entriesSeen += entries.count
    archives += entries.filter { $0.kind == .file && KernelFileNames.isArchive($0.name) }
      .map { "\(directory)/\($0.name)" }
    do {
      if let root = try TreeRoot(at: directory, entries: entries) {
        roots.append(root)
        guard root.rank > .root else { return [] }
      }
    } catch let error as SourceError {
      refusal = refusal ?? error
    }
    return entries.filter { $0.kind == .directory }.map { "\(directory)/\($0.name)" }
  }

  private func choice(_ path: String) throws -> Found {
    let best = roots.map(\.rank).min()
    let candidates = roots.filter { $0.rank == best }
    // A must-gather has of each node an archive, and beside it the log.
    if let archive = archives.first, archives.count == 1, refusal == nil, candidates.count < 2,
      candidates.allSatisfy({ $0.holdsLogsOnly || $0.rank == .stray })
    {
      return Found(root: candidates.first, archive: archive)
    }
    if let only = candidates.first, candidates.count == 1 { return Found(root: only) }
    guard candidates.isEmpty else {
      let names = candidates.prefix(5).map(\.path).joined(separator: ", ")
      let more = candidates.count > 5 ? " and more" : ""
      throw SourceError(
        .usage, "\(path) holds more than one captured machine: \(names)\(more); name one of them")
    }
    if let refusal { throw refusal }
    guard archives.isEmpty else {
      throw SourceError(
        .badData,
        "\(path) holds no kernel files but archives: \(archives.prefix(5).joined(separator: ", "))"
          + "; name one of them")
    }
    throw SourceError(
      .badData,
      "\(path) holds no kernel files, nor do the folders below it: looked for \(Meminfo.path) and "
        + "others as they lie below /, and for files named \(KernelFileNames.understood)")
  }
}
