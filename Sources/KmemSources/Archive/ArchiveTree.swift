internal import KmemParsers
package import KmemSnapshot
internal import SystemPackage

/// A file that may be an archive with a tree in it, or one kernel file, compressed or not.
package struct ArchiveTree: Sendable {
  /// The archive's path.
  package let path: String

  /// The archive at a path.
  package init(_ path: String) { self.path = path }

  /// Reads what is wanted from it.
  ///
  /// - Throws: `SourceError` if it can't be opened, or nothing that is wanted is in it.
  package func capture(_ options: CaptureOptions = CaptureOptions()) throws -> Capture {
    try one(of: captures(options, .last))
  }

  /// Reads what is wanted from it, for each moment that the choice names.
  ///
  /// - Throws: `SourceError` as above, and if it holds no such moment.
  func captures(_ options: CaptureOptions, _ choice: MomentChoice) throws -> [Capture] {
    do {
      let file = try InputFile(path).open()
      defer { try? file.close() }
      return try Self.captures(file, name: path, options.limits, choice)
    } catch let error as Errno {
      throw SourceError(error.kind, "\(path) can't be opened: \(error)")
    }
  }

  /// Reads an open file or a pipe from its beginning to its end.
  static func captures(
    _ file: FileDescriptor, name: String, _ limits: ContainerLimits, _ choice: MomentChoice
  ) throws -> [Capture] {
    do {
      let archive = try ArchiveReader(descriptor: file.rawValue)
      return try captures(archive, from: try archive.next(), name: name, limits, choice)
    } catch let error as ArchiveReader.Failure {
      throw SourceError(.badData, "\(name) can't be read: \(error.reason)")
    }
  }

  /// Reads on in an archive or a file that something else hands out, from the first of what is in it.
  static func capture(
    _ archive: ArchiveReader, from first: ArchiveReader.Step, name: String,
    _ limits: ContainerLimits
  ) throws -> Capture {
    try one(of: captures(archive, from: first, name: name, limits, .last))
  }

  private static func captures(
    _ archive: ArchiveReader, from first: ArchiveReader.Step, name: String,
    _ limits: ContainerLimits, _ choice: MomentChoice
  ) throws -> [Capture] {
    guard !archive.isRaw, !archive.isEmpty else {
      guard case .entry = first else {
        return try RawFile(name: name, text: RawText()).captures(choice)
      }
      try refuseDamagedArchive(name)
      let text = RawText(archive, limits, choice)
      return try RawFile(name: name, text: text).captures(choice)
    }
    var walk = ArchiveWalk(limits: limits)
    walk.read(archive, from: first)
    _ = try choice.numbers(of: name, count: 1)
    return [try choose(from: walk, name: name, limits)]
  }

  /// A capture of which the first bytes are damaged must not be read as if it were a text.
  private static func refuseDamagedArchive(_ name: String) throws {
    guard KernelFileNames.isArchive(name) else { return }
    throw SourceError(
      .badData,
      "\(name) is named as an archive, and is none: its beginning is damaged, or something else was "
        + "written to it")
  }

  /// What an archive that lies within a tree adds to it.
  ///
  /// `directory` is the path of the archive's folder below the root.
  ///
  /// - Throws: an error if it can't be opened or is no archive.
  func contents(within directory: String, _ limits: ContainerLimits) throws -> Capture {
    let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
    defer { try? file.close() }
    let archive = try ArchiveReader(descriptor: file.rawValue)
    var limits = limits
    limits.parsesProcesses = false
    var walk = ArchiveWalk(limits: limits)
    walk.read(archive, from: try archive.next(), prefix: directory + "/")
    let tree = walk.sorter.best.first { $0.path.isEmpty }?.tree
    return Capture(
      origin: path, kind: .archive, sources: tree?.sources ?? [:], links: tree?.links ?? [:],
      remarks: walk.remarks)
  }

  /// How a sentence names one of several trees: by its path, and the machine's name where it's known.
  private static func words(_ path: String, _ tree: EntrySorter.Tree) -> String {
    let capture = Capture(origin: path, kind: .archive, sources: tree.sources)
    let host =
      capture.line(of: .hostname) ?? capture.line(of: .installedHostname)
      ?? capture.line(of: "hostname")
    guard let host, !path.contains(host) else { return path }
    return path.isEmpty ? host : "\(path) (\(host))"
  }

  private static func choose(
    from walk: ArchiveWalk, name: String, _ limits: ContainerLimits
  ) throws -> Capture {
    let trees = walk.sorter.best
    guard let first = trees.first else {
      let remarks = walk.remarks.map { "; \($0)" }.joined()
      throw SourceError(
        .badData,
        "\(name) is an archive, but none of its \(walk.entries) entries is a kernel file such as "
          + "\(Meminfo.path)\(remarks)")
    }
    guard trees.count == 1 else {
      let names = trees.prefix(5).map { Self.words($0.path, $0.tree) }.joined(separator: ", ")
      throw SourceError(
        .usage,
        "\(name) holds more than one captured machine: \(names)\(trees.count > 5 ? " and more" : "")"
          + "; unpack it and name one of them")
    }
    var capture = Capture(
      origin: name, kind: .archive, sources: first.tree.sources, links: first.tree.links,
      remarks: walk.remarks)
    capture.processes = first.tree.processes
    if let contents = first.tree.bundle?.contents(of: first.tree.sources) {
      capture.sources = contents.sources
      capture.remarks += contents.remarks
    }
    try capture.takeManifest(leavingOut: limits.passesOver, first.tree.parsed)
    return capture
  }
}
