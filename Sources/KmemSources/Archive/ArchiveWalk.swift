internal import KmemSnapshot

/// Goes through an archive and those within it once, and keeps what is wanted.
struct ArchiveWalk {
  let limits: ContainerLimits
  private(set) var sorter: EntrySorter
  private(set) var remarks: [String] = []
  private(set) var entries = 0
  private var kept = 0
  /// Whether reading on makes no sense, as a limit was reached.
  private var isOver = false

  init(limits: ContainerLimits) {
    self.limits = limits
    sorter = EntrySorter(parsesProcesses: limits.parsesProcesses)
  }

  /// Reads the archive to its end, as far as it can be read.
  ///
  /// `first` is what it has handed out already; `prefix` is the path that stands for the archive
  /// itself, with a slash at its end.
  mutating func read(
    _ archive: ArchiveReader, from first: ArchiveReader.Step, prefix: String = "", depth: Int = 1
  ) {
    var step = first
    do {
      while !isOver, try take(step, of: archive, prefix: prefix, depth: depth) {
        step = try archive.next()
      }
    } catch {
      note("the archive\(name(prefix)) ends early (\(error.reason)): \(entries) entries were read")
    }
  }

  /// Takes one entry; false at the end of the archive.
  private mutating func take(
    _ step: ArchiveReader.Step, of archive: ArchiveReader, prefix: String, depth: Int
  ) throws(ArchiveReader.Failure) -> Bool {
    switch step {
    case .end: return false
    case .passed(let reason): note(reason)
    case .entry(let entry):
      entries += 1
      guard entries <= limits.entries else {
        stop("more than \(limits.entries) entries: the rest was not read")
        return false
      }
      try take(entry, of: archive, prefix: prefix, depth: depth)
    }
    return true
  }

  private mutating func take(
    _ entry: ArchiveEntry, of archive: ArchiveReader, prefix: String, depth: Int
  ) throws(ArchiveReader.Failure) {
    guard let path = Self.safe(entry.path) else {
      // `tar c .` begins with the folder itself, whose path is nothing but dots.
      guard entry.path.contains("..") else { return }
      return note("an entry whose path leads out of the archive was passed over")
    }
    // To look for the place of each folder of 50,000 processes took a tenth of a diff.
    guard entry.kind != .other else { return }
    if !limits.passedOver.isEmpty, isPassedOver(path) {
      return entry.kind == .file ? try skip(archive) : ()
    }
    if entry.kind == .file, KernelFileNames.isArchive(path), depth <= limits.nesting {
      return try readNested(path, in: archive, prefix: prefix, depth: depth)
    }
    guard let place = sorter.place(ofNext: prefix + path) else {
      return entry.kind == .file ? try skip(archive) : ()
    }
    switch (entry.kind, place.kind) {
    case (.file, .file): try keepData(of: archive, at: place)
    case (.link(let target), .link): sorter.keep(link: target, at: place)
    case (.copy(let original), .file): keepCopy(of: prefix + original, at: place)
    default: break
    }
  }

  /// Whether the entry lies in one of the folders of which nothing is taken, below the root or below the
  /// one folder that captures of our own have around it.
  private func isPassedOver(_ path: String) -> Bool {
    let inner = path.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst()
    return limits.passedOver.contains {
      path.utf8.starts(with: $0.utf8) || inner.starts(with: $0.utf8)
    }
  }

  private mutating func keepData(of archive: ArchiveReader, at place: EntrySorter.Place)
    throws(ArchiveReader.Failure)
  {
    let limit = min(place.limit, limits.fileBytes, limits.totalBytes - kept)
    let (bytes, end) = archive.data(limit: limit)
    kept += bytes.count
    var reading = SourceReading(outcome: .read, bytes: bytes)
    switch end {
    case .complete: break
    case .limit:
      reading = .cut(bytes)
      if kept >= limits.totalBytes { stop("more than \(limits.totalBytes) bytes are wanted of it") }
    case .failure(let reason):
      reading.outcome = .truncated
      reading.reason = "the archive ends within it"
      sorter.keep(reading, at: place)
      throw ArchiveReader.Failure(reason: reason)
    }
    sorter.keep(reading, at: place)
    checkSize(of: archive)
  }

  private mutating func keepCopy(of original: String, at place: EntrySorter.Place) {
    let source = Self.safe(original).flatMap { sorter.place(ofNext: $0) }
    if let source, sorter.keepParsed(place, sameAs: source) { return }
    guard let bytes = source.flatMap(sorter.bytes(at:)) else {
      return note("\(place.source) is the same file as an entry that was not kept")
    }
    guard bytes.count <= limits.totalBytes - kept else { return }
    kept += bytes.count
    sorter.keep(SourceReading(outcome: .read, bytes: bytes), at: place)
  }

  /// Reads an archive within the archive as if it were unpacked where it lies.
  ///
  /// A whole sosreport in an archive is a tree of its own, so its name is part of the path.
  private mutating func readNested(
    _ path: String, in archive: ArchiveReader, prefix: String, depth: Int
  ) throws(ArchiveReader.Failure) {
    let folders = path.split(separator: "/").dropLast()
    let isPartOfTree = folders.contains { ["proc", "sys", "sos_commands"].contains($0) }
    let place = isPartOfTree ? folders.joined(separator: "/") : path
    do {
      let nested = try ArchiveReader(ArchiveFeed(entryOf: archive))
      let first = try nested.next()
      guard !nested.isRaw else { return }
      read(nested, from: first, prefix: prefix + place + "/", depth: depth + 1)
    } catch {
      note("\(prefix)\(path) can't be read as an archive: \(error.reason)")
    }
  }

  /// Passes over the entry's data; that of a compressed archive is unpacked all the same.
  private mutating func skip(_ archive: ArchiveReader) throws(ArchiveReader.Failure) {
    guard archive.isCompressed else { return }
    while !isOver, try archive.skipBlock() { checkSize(of: archive) }
  }

  private mutating func checkSize(of archive: ArchiveReader) {
    let unpacked = archive.unpackedBytes
    let allowed = archive.packedBytes.multipliedReportingOverflow(by: limits.ratio)
    let floor = min(256 << 20, limits.totalBytes)
    if unpacked > limits.unpackedBytes {
      stop("more than \(limits.unpackedBytes) bytes come out of it: the rest was not read")
    } else if unpacked > floor, !allowed.overflow, unpacked > allowed.partialValue {
      stop(
        "its contents are more than \(limits.ratio) times larger than the archive: the rest was "
          + "not read")
    }
  }

  private mutating func stop(_ reason: String) {
    isOver = true
    note(reason)
  }

  private mutating func note(_ remark: String) {
    guard remarks.count < 100, !remarks.contains(remark) else { return }
    remarks.append(remark)
  }

  private func name(_ prefix: String) -> String { prefix.isEmpty ? "" : " \(prefix.dropLast())" }

  /// The path without dots and slashes at its beginning; nothing if it climbs out of its folder.
  private static func safe(_ path: String) -> String? {
    guard path.mayLeadElsewhere else { return path }
    let parts = path.pathComponents.filter { $0 != "." }
    guard !parts.isEmpty, !parts.contains("..") else { return nil }
    return parts.joined(separator: "/")
  }
}
