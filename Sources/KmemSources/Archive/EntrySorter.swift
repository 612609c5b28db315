internal import KmemSnapshot

/// Decides which entries of an archive are wanted and to which tree each belongs.
///
/// An archive comes as a stream: where its root lies isn't known until the end, so what is wanted
/// is kept by the path in front of it.
struct EntrySorter {
  /// Where a wanted entry belongs.
  struct Place: Hashable {
    let root: String
    let rank: TreeRank
    let source: String
    let kind: SourceSpec.Kind
    let limit: Int
    /// The process whose file it is, where such files are parsed.
    var process: Int?
    /// Which of its files.
    var file: ParsedProcess.File?
  }

  /// What was kept of one tree.
  struct Tree {
    var rank: TreeRank
    var sources: [String: SourceReading] = [:]
    var links: [String: String] = [:]
    /// What the files of processes tell whose texts were let go.
    var processes = ParsedProcesses()
    /// Those files, for the list of digests, which is the last entry of a capture.
    var parsed: [ParsedMember] = []

    /// Whether the tree is one of those looked for, and not a stray file with a common name.
    var isConvincing: Bool {
      switch rank {
      case .folder, .stray: true
      case .root:
        !processes.isEmpty
          || sources.keys.contains {
            $0.hasPrefix("proc/") || $0.hasPrefix("sys/") || $0.hasPrefix("kmemcheck/")
          }
      case .proc:
        sources.keys.contains {
          KernelFileNames.source(inProc: String($0.dropFirst("proc/".count))) != nil
        }
      case .supportconfig, .bugreport:
        bundle.map { bundle in
          sources.contains { bundle.isMain($0.key) && bundle.isText($0.value.bytes) }
        } ?? false
      }
    }

    /// How surely it's what the user means, by all that was found of it.
    var worth: TreeRank { rank == .folder ? KernelFileNames.rank(of: sources.keys) : rank }

    /// The vendor's bundle whose texts these are; nothing for files of the kernel.
    var bundle: VendorBundle? { VendorBundle.allCases.first { $0.rank == rank } }
  }

  private(set) var trees: [String: Tree] = [:]
  /// The sources by their first component, and by how many they have.
  private let index: [Substring: [Int: [SourceSpec]]]
  private let inProc: [SourceSpec]
  private let parsesProcesses: Bool
  /// Where the files of processes lay that came last: `host/proc/`, and the root above it.
  private var lastProcesses: (prefix: String, root: String)?

  init(parsesProcesses: Bool = false) {
    self.parsesProcesses = parsesProcesses
    index = Self.index
    inProc = SourceCatalog.tree.specs.filter { $0.pattern.components.first?.literal == "proc" }
  }

  /// Made once: a series has a thousand archives.
  private static let index = Dictionary(grouping: SourceCatalog.tree.specs) {
    $0.pattern.text.prefix { $0 != "/" }
  }.mapValues { Dictionary(grouping: $0, by: \.pattern.components.count) }

  /// The place of the next entry, or nothing if it isn't wanted.
  mutating func place(ofNext path: String) -> Place? {
    // To look for the place of each of 200,000 files of processes took a fifth of a diff.
    if let place = placeBesideLast(path) { return place }
    guard var place = place(of: path) else { return nil }
    guard parsesProcesses, place.rank == .root,
      let (pid, file) = ParsedProcess.File.named(place.source)
    else { return place }
    (place.process, place.file) = (pid, file)
    lastProcesses = (place.root.isEmpty ? "proc/" : "\(place.root)/proc/", place.root)
    return place
  }

  /// The place of a process's file that lies where the last one lay.
  private func placeBesideLast(_ path: String) -> Place? {
    guard let last = lastProcesses, path.utf8.starts(with: last.prefix.utf8) else { return nil }
    let rest = path.utf8.dropFirst(last.prefix.utf8.count - "proc/".utf8.count)
    let source = String(Substring(rest))
    guard let (pid, file) = ParsedProcess.File.named(source) else { return nil }
    return Place(
      root: last.root, rank: .root, source: source, kind: .file, limit: Self.limits[file] ?? .max,
      process: pid, file: file)
  }

  private static let limits = Dictionary(
    ParsedProcess.File.allCases.flatMap { file in
      SourceCatalog.tree.specs.filter { $0.pattern.text == "proc/[0-9]*/\(file.rawValue)" }
        .map { (file, $0.limit) }
    }
  ) { first, _ in first }

  /// Where what lies at the path belongs, or nothing if it isn't wanted.
  func place(of path: String) -> Place? {
    let parts = path.pathComponents
    for start in parts.indices {
      let rest = parts[start...]
      guard let specs = index[parts[start]]?[rest.count] else { continue }
      if let spec = specs.first(where: { $0.pattern.matches(rest) }) {
        return place(root: parts[..<start], rank: .root, source: rest, spec)
      }
    }
    // Texts of bundles are large, but what isn't a tree may have a path that looks like one.
    if let place = placeInBundle(parts) { return place }
    guard !trees.values.contains(where: { $0.rank == .root }) else { return nil }
    return placeInProc(parts) ?? placeInFolder(parts)
  }

  private func placeInProc(_ parts: [Substring]) -> Place? {
    for start in parts.indices.suffix(3) {
      let rest = ["proc"] + parts[start...]
      if let spec = inProc.first(where: { $0.pattern.matches(rest) }) {
        return place(root: parts[..<start], rank: .proc, source: rest[...], spec)
      }
    }
    return nil
  }

  private func placeInFolder(_ parts: [Substring]) -> Place? {
    guard let name = parts.last, let source = KernelFileNames.source(named: String(name)) else {
      return nil
    }
    return Place(
      root: parts.dropLast().joined(separator: "/"), rank: .folder, source: source, kind: .file,
      limit: .max)
  }

  /// The text of a vendor's bundle is kept under its name.
  private func placeInBundle(_ parts: [Substring]) -> Place? {
    guard let name = parts.last.map(String.init), let bundle = VendorBundle.owning(name) else {
      return nil
    }
    return Place(
      root: parts.dropLast().joined(separator: "/"), rank: bundle.rank, source: name, kind: .file,
      limit: .max)
  }

  private func place(
    root: ArraySlice<Substring>, rank: TreeRank, source: ArraySlice<Substring>, _ spec: SourceSpec
  ) -> Place {
    Place(
      root: root.joined(separator: "/"), rank: rank,
      source: KernelFileNames.canonicalPath(source.joined(separator: "/")), kind: spec.kind,
      limit: spec.limit)
  }

  mutating func keep(_ reading: SourceReading, at place: Place) {
    let tree = key(place)
    if let pid = place.process, let file = place.file, reading.outcome == .read {
      trees[tree, default: Tree(rank: place.rank)].keep(reading.bytes, file, of: pid)
      return
    }
    guard trees[tree]?.sources[place.source]?.outcome != .read else { return }
    trees[tree, default: Tree(rank: place.rank)].sources[place.source] = reading
  }

  mutating func keep(link target: String, at place: Place) {
    trees[key(place), default: Tree(rank: place.rank)].links[place.source] = target
  }

  /// Keeps what was parsed of an earlier entry, for one that is the same file; false if that wasn't parsed.
  mutating func keepParsed(_ place: Place, sameAs other: Place) -> Bool {
    guard let pid = place.process, let original = other.process, let file = place.file,
      other.file == file, place.root == other.root
    else { return false }
    return trees[key(place)]?.processes.take(file, of: pid, sameAs: original) ?? false
  }

  /// The bytes kept of an earlier entry, for one that is the same file.
  func bytes(at place: Place) -> [UInt8]? { trees[key(place)]?.sources[place.source]?.bytes }

  private func key(_ place: Place) -> String { "\(place.rank.rawValue):\(place.root)" }

  /// The best trees that were found, by their path; those within another one belong to it.
  var best: [(path: String, tree: Tree)] {
    let convincing = trees.filter(\.value.isConvincing)
    guard let rank = convincing.values.map(\.worth).min() else { return [] }
    let found = convincing.filter { $0.value.worth == rank }
      .map { (path: String($0.key.dropFirst(2)), tree: $0.value) }
      .sorted { $0.path < $1.path }
    return found.filter { one in
      !found.contains {
        $0.path != one.path && ($0.path.isEmpty || one.path.hasPrefix($0.path + "/"))
      }
    }
  }
}

extension EntrySorter.Tree {
  /// Parses a file of a process, of which the first one counts.
  fileprivate mutating func keep(_ bytes: [UInt8], _ file: ParsedProcess.File, of pid: Int) {
    guard !processes.has(file, of: pid) else { return }
    processes.take(file, of: pid, bytes)
    parsed.append(ParsedMember(pid: pid, file: file, digest: SHA256(of: bytes)))
  }
}
