package import KmemParsers
package import KmemSnapshot

/// How much of what the kernel prints in meminfo is in the file that is read.
///
/// A file that was cut, or filtered by grep, accuses nobody: what isn't in it is unknown, not zero. The
/// lines that a kernel must print are those of its release, where that is known, else those of the
/// release that brought the newest line of the file. Lines of an option count as one: an embedded
/// kernel without huge pages isn't cut, a file that ends between their lines is.
package struct MeminfoCompleteness: Hashable, Sendable {
  /// What of the file there is.
  package let extent: Extent
  /// The lines that this kernel prints and the file doesn't have, in the kernel's order.
  package let lost: [String]
  /// The lines that this kernel may print, depending on its options, where the file was cut.
  package let doubtful: [String]

  /// What of a file there is.
  package enum Extent: Hashable, Sendable {
    /// All that the kernel prints, as far as that can be known.
    case whole
    /// All up to a line, and nothing behind it.
    case cut(after: String)
    /// Some lines; there are gaps.
    case excerpt
    /// The files of the NUMA nodes, which lack many lines.
    case nodes
  }

  /// Why a line isn't in the file.
  package enum Absence: Hashable, Sendable {
    /// This kernel prints it: it was cut off.
    case lost
    /// It may have been cut off.
    case doubtful
    /// This kernel doesn't print it.
    case notPrinted
  }

  /// Why the file doesn't have a line; nothing where it has it.
  package func absence(of name: String) -> Absence? {
    if present.contains(name) { return nil }
    if lost.contains(name) { return .lost }
    return doubtful.contains(name) ? .doubtful : .notPrinted
  }

  /// Why the file doesn't have a line; nothing where it has it.
  package func absence(of key: Meminfo.Key) -> Absence? { absence(of: key.rawValue) }

  /// Whether no line of the file is known to be missing.
  package var isWhole: Bool { extent == .whole }

  private let present: Set<String>

  /// Compares a file with what the kernel of that release prints; of the release that its newest line
  /// tells where that is unknown.
  package init(_ meminfo: Meminfo, version: KernelVersion?) {
    let known = Meminfo.knownLines
    // A number without its unit is a line that was cut in the middle.
    var present = Set(
      meminfo.entries.filter { $0.isKilobytes || $0.name.hasPrefix("HugePages_") }.map(\.name))
    let isOfNodes = present.contains("FilePages") && !present.contains("Cached")
    // What the nodes' files print for the three together.
    if isOfNodes { present.formUnion(["Buffers", "Cached", "SwapCached"]) }
    self.present = present
    let release =
      version.map { Meminfo.Release($0) }
      ?? known.filter { $0.printed == .always && present.contains($0.name) }
      .map(\.since).max()
    let options = Set(known.filter { present.contains($0.name) }.map(\.printed))
    let lost = known.filter { line in
      guard !present.contains(line.name), let release, line.since <= release else { return false }
      return switch line.printed {
      case .always: true
      case .option: options.contains(line.printed)
      case .sometimes: false
      case .x86: meminfo.isX8664
      }
    }
    self.lost = lost.map(\.name)
    extent = isOfNodes ? .nodes : Self.extent(lost: lost, present: present)
    let names = Set(self.lost)
    doubtful = Self.doubtful(extent, present: present, version.map { Meminfo.Release($0) })
      .filter { !names.contains($0) }
  }

  private static func extent(lost: [Meminfo.KnownLine], present: Set<String>) -> Extent {
    guard let first = lost.first else { return .whole }
    let known = Meminfo.knownLines
    let last = known.lastIndex { present.contains($0.name) }
    guard let last, let gap = known.firstIndex(of: first), gap > last else { return .excerpt }
    return .cut(after: known[last].name)
  }

  /// The lines that may have stood where lines are known to be missing.
  private static func doubtful(
    _ extent: Extent, present: Set<String>, _ release: Meminfo.Release?
  ) -> [String] {
    let known = Meminfo.knownLines
    let places =
      switch extent {
      case .whole: known.prefix(0)
      case .cut(let last): known.drop { $0.name != last }.dropFirst()
      case .excerpt, .nodes: known[...]
      }
    return places.filter { line in
      !present.contains(line.name) && release.map { line.since <= $0 } ?? true
    }
    .map(\.name)
  }
}

extension Snapshot {
  /// How much of meminfo there is; nothing without a meminfo.
  package var meminfoCompleteness: MeminfoCompleteness? {
    // A report in a kernel log has lines of its own: none of meminfo is missing there.
    guard report == nil else { return nil }
    return meminfo.value.map { MeminfoCompleteness($0, version: host.version) }
  }
}

extension MeminfoCompleteness? {
  /// Whether one of the lines may have been cut off, so that it isn't known to be unprinted.
  func lacks(_ keys: [Meminfo.Key]) -> Bool {
    keys.contains { key in
      switch self?.absence(of: key) {
      case .lost, .doubtful: true
      case .notPrinted, nil: false
      }
    }
  }
}
