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
  }

  /// What was kept of one tree.
  struct Tree {
    var rank: TreeRank
    var sources: [String: SourceReading] = [:]
    var links: [String: String] = [:]

    /// Whether the tree is one of those looked for, and not a stray file with a common name.
    var isConvincing: Bool {
      switch rank {
      case .folder, .stray: true
      case .root:
        sources.keys.contains {
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

  init() {
    index = Self.index
    inProc = SourceCatalog.tree.specs.filter { $0.pattern.components.first?.literal == "proc" }
  }

  /// Made once: a series has a thousand archives.
  private static let index = Dictionary(grouping: SourceCatalog.tree.specs) {
    $0.pattern.text.prefix { $0 != "/" }
  }.mapValues { Dictionary(grouping: $0, by: \.pattern.components.count) }

  /// The place of the entry, or nothing if it isn't wanted.
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
    guard trees[tree]?.sources[place.source]?.outcome != .read else { return }
    trees[tree, default: Tree(rank: place.rank)].sources[place.source] = reading
  }

  mutating func keep(link target: String, at place: Place) {
    trees[key(place), default: Tree(rank: place.rank)].links[place.source] = target
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
