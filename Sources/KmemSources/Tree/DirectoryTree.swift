internal import KmemParsers
package import KmemSnapshot

/// A directory with kernel files as a source of captures.
///
/// It may come from a stranger: links that lead out of it aren't followed, and nothing but regular
/// files is opened.
package struct DirectoryTree: Sendable {
  /// The directory's path.
  package let path: String

  /// The directory at a path.
  package init(_ path: String) { self.path = path }

  /// Reads what the catalog names in the tree at the path or below it.
  ///
  /// - Throws: `SourceError` if there is no tree, or more than one.
  package func capture(_ options: CaptureOptions = CaptureOptions()) throws -> Capture {
    let found = try RootSearch.found(at: path, limits: options.limits)
    guard let archive = found.archive else { return try capture(of: found.root, options) }
    do {
      var capture = try ArchiveTree(archive).capture(options)
      guard let root = found.root, root.rank < .stray else { return capture }
      let beside = try self.capture(of: root, options)
      capture.sources.merge(beside.sources) { own, _ in own }
      return capture
    } catch {
      guard found.root != nil else { throw error }
      return try capture(of: found.root, options)
    }
  }

  /// Reads the tree itself.
  private func capture(of root: TreeRoot?, _ options: CaptureOptions) throws -> Capture {
    guard let root else { return Capture(origin: path, kind: .directory) }
    var reader = TreeReader(root: root, limits: options.limits)
    var capture = Capture(origin: path, kind: .directory)
    reader.read(into: &capture)
    try reader.readProcesses(options.processes, into: &capture)
    try capture.takeManifest(leavingOut: options.limits.passesOver)
    return capture
  }
}

/// Reads the files of one tree.
private struct TreeReader {
  let root: TreeRoot
  let limits: ContainerLimits
  private let boundary: String
  private var expansion: PatternExpansion
  private var kept = 0
  /// Whether the tree's `/proc` is that of a running kernel, and no copy.
  private let isKernels: Bool

  init(root: TreeRoot, limits: ContainerLimits) {
    self.root = root
    self.limits = limits
    boundary = resolvedPath(root.path) ?? root.path
    isKernels =
      switch root {
      case .root(let path): isProcessFileSystem("\(path)/proc")
      case .proc(let path): isProcessFileSystem(path)
      case .folder, .bundle: false
      }
    expansion = PatternExpansion(root: root.path)
  }

  mutating func read(into capture: inout Capture) {
    switch root {
    case .root:
      for spec in SourceCatalog.tree.specs where !isKernels || !spec.isOfProcesses {
        read(spec, stripping: "", into: &capture)
      }
      readNestedArchives(into: &capture)
    case .proc:
      for spec in SourceCatalog.tree.specs
      where spec.pattern.text.hasPrefix("proc/") && !(isKernels && spec.isOfProcesses) {
        read(spec, stripping: "proc/", into: &capture)
      }
    case .folder(_, let files):
      for (source, name) in files.sorted(by: { $0.key < $1.key }) {
        take(name, as: source, limit: limits.fileBytes, into: &capture)
      }
    case .bundle(_, let bundle, let texts): read(bundle, texts, into: &capture)
    }
  }

  private mutating func read(
    _ bundle: VendorBundle, _ texts: [String], into capture: inout Capture
  ) {
    var read = Capture(origin: capture.origin, kind: .directory)
    for name in texts { take(name, as: name, limit: limits.fileBytes, into: &read) }
    guard let contents = bundle.contents(of: read.sources) else { return }
    capture.sources = contents.sources
    capture.remarks += read.remarks + contents.remarks
  }

  /// Reads processes as those of this machine if `/proc` is a running kernel's, as in a container
  /// that sees the host's.
  ///
  /// Copied files cost nothing to read, but a kernel computes its own.
  func readProcesses(_ budget: ProcessBudget?, into capture: inout Capture) throws {
    guard case .root(let path) = root, isKernels, let budget else { return }
    try ProcessReader(root: path, budget: budget).read(into: &capture)
  }

  private mutating func read(
    _ spec: SourceSpec, stripping prefix: String, into capture: inout Capture
  ) {
    guard !limits.passesOver(spec.pattern.text) else { return }
    let local = SourceSpec(
      String(spec.pattern.text.dropFirst(prefix.count)), kind: spec.kind)
    for path in expansion.paths(of: local) {
      let source = KernelFileNames.canonicalPath(prefix + path)
      if spec.kind == .link {
        capture.links[source] = linkTarget(expansion.fullPath(path))
      } else if capture.sources[source] == nil {
        take(path, as: source, limit: min(spec.limit, limits.fileBytes), into: &capture)
      }
    }
  }

  private mutating func take(
    _ path: String, as source: String, limit: Int, into capture: inout Capture
  ) {
    guard let file = ownFile(path, &capture) else { return }
    guard kept < limits.totalBytes else {
      capture.sources[source] = SourceReading(
        outcome: .skipped, reason: "\(limits.totalBytes) bytes of other files were kept before it")
      return
    }
    var reading = readFile(file, limit: min(limit, limits.totalBytes - kept), isWaiting: false)
    if isCompressed(reading.bytes), source != KernelConfig.packed.path {
      reading = unpacked(reading, limit: limit)
    }
    kept += reading.bytes.count
    capture.sources[source] = reading
  }

  /// The file itself, if it's a regular one within the tree.
  private func ownFile(_ path: String, _ capture: inout Capture) -> String? {
    let full = expansion.fullPath(path)
    guard let resolved = resolvedPath(full) else { return nil }
    guard resolved == boundary || resolved.hasPrefix(boundary == "/" ? "/" : boundary + "/") else {
      capture.remarks.append("\(path) is a link that leads out of the tree; it was not followed")
      return nil
    }
    switch DirectoryEntry.Kind(of: resolved) {
    case .file: return resolved
    case .other:
      capture.remarks.append("\(path) is no regular file; it was not opened")
      return nil
    default: return nil
    }
  }

  /// sosreport may pack parts of a tree: `proc/fs.tar` holds what would lie in `proc`.
  private mutating func readNestedArchives(into capture: inout Capture) {
    for directory in ["proc", "sys", "sos_commands"] {
      let spec = SourceSpec("\(directory)/*.tar*")
      for path in expansion.paths(of: spec) where KernelFileNames.isArchive(path) {
        guard let file = ownFile(path, &capture) else { continue }
        var options = limits
        options.totalBytes = max(0, limits.totalBytes - kept)
        guard let nested = try? ArchiveTree(file).contents(within: directory, options) else {
          capture.remarks.append("\(path) can't be read as an archive")
          continue
        }
        capture.remarks += nested.remarks.map { "\(path): \($0)" }
        capture.sources.merge(nested.sources) { own, _ in own }
        capture.links.merge(nested.links) { own, _ in own }
      }
    }
  }

  private func unpacked(_ reading: SourceReading, limit: Int) -> SourceReading {
    guard let bytes = try? decompressed(reading.bytes, limit: limit) else { return reading }
    var reading = reading
    reading.bytes = bytes
    return reading
  }
}
