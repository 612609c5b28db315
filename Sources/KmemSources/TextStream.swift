internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// One text that is read piece by piece: a file that may be larger than memory, or standard input.
package struct TextStream: Sendable {
  /// What the user calls it.
  package let name: String
  private let path: String?

  /// The file at a path.
  package init(path: String) {
    name = path
    self.path = path
  }

  private init() {
    name = InputName.standardInput
    path = nil
  }

  /// What is piped in.
  package static let standardInput = TextStream()

  /// What the stream turned out to be.
  package enum End: Sendable {
    case read
    /// An archive, of which nothing was handed over.
    case archive
    /// The same through a pipe: what was read of it, as it can't be read again.
    case capture(Capture)
    /// Reading failed after the beginning was handed over, for the reason given.
    case truncated(String)
  }

  /// Whether the path is a directory, which is no text.
  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Hands over the text in pieces of at most 256 KiB, which stay in a processor's cache.
  ///
  /// - Throws: `SourceError` if it can't be opened or its first piece can't be read; what `receive` throws,
  ///   at once.
  package func read(_ receive: (Span<UInt8>) throws -> Void) throws -> End {
    guard let path else { return try read(.standardInput, receive) }
    do {
      let file = try InputFile(path).open()
      defer { try? file.close() }
      return try read(file, receive)
    } catch let error as Errno {
      throw SourceError(error.kind, "\(path) can't be read: \(error)")
    }
  }

  private func read(_ file: FileDescriptor, _ receive: (Span<UInt8>) throws -> Void) throws -> End {
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var count = try Self.fill(&piece, from: file, atLeast: 512)
    if Self.isPacked(piece.span.extracting(0..<count)) {
      let canBeReadAgain = (try? file.seek(offset: 0, from: .current)) != nil
      return try read(
        packed: ArchiveFeed(Array(piece[..<count]), then: file), canBeReadAgain, receive)
    }
    var most = Self.mostBytes(of: file)
    do {
      while count > 0 {
        try receive(piece.span.extracting(0..<count))
        most -= count
        guard most > 0 else {
          throw SourceError(.badData, "\(name) is a device, of which no more than 64 MiB are read")
        }
        count = try Self.fill(&piece, from: file, atLeast: 1)
      }
      return .read
    } catch let error as Errno {
      return .truncated("reading fails on the way: \(error)")
    }
  }

  /// Hands over one compressed text as it is unpacked.
  private func read(
    packed feed: ArchiveFeed, _ canBeReadAgain: Bool, _ receive: (Span<UInt8>) throws -> Void
  ) throws -> End {
    do {
      let archive = try ArchiveReader(feed)
      let first = try archive.next()
      // A capture of which the beginning is damaged is refused by who reads captures.
      if archive.isRaw, case .entry = first, !KernelFileNames.isArchive(name) {
        return try archive.handOver(receive)
      }
      guard !canBeReadAgain else { return .archive }
      return .capture(try ArchiveTree.capture(archive, from: first, name: name, ContainerLimits()))
    } catch let error as ArchiveReader.Failure {
      guard !canBeReadAgain else { return .archive }
      throw SourceError(.badData, "\(name) can't be read: \(error.reason)")
    }
  }

  /// A device may never end.
  private static func mostBytes(of file: FileDescriptor) -> Int {
    var status = stat()
    let isDevice =
      unsafe fstat(file.rawValue, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
    return isDevice && isatty(file.rawValue) == 0 ? 64 << 20 : .max
  }

  /// Reads so many bytes, or fewer at the end: a pipe hands over a few at first.
  private static func fill(_ piece: inout [UInt8], from file: FileDescriptor, atLeast least: Int)
    throws -> Int
  {
    var count = 0
    while count < least {
      let read = unsafe try piece.withUnsafeMutableBytes {
        unsafe try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      guard read > 0 else { break }
      count += read
    }
    return count
  }

  /// Whether the bytes begin as those of an archive or a compressed file do.
  private static func isPacked(_ text: Span<UInt8>) -> Bool {
    let magics: [[UInt8]] = [
      [0x1F, 0x8B], [0xFD, 0x37, 0x7A, 0x58], [0x28, 0xB5, 0x2F, 0xFD], Array("BZh".utf8),
      [0x50, 0x4B, 3, 4], [4, 0x22, 0x4D, 0x18], Array("070701".utf8),
    ]
    if magics.contains(where: { holds($0, text, 0) }) { return true }
    return holds(Array("ustar".utf8), text, 257)
  }

  private static func holds(_ magic: [UInt8], _ text: Span<UInt8>, _ offset: Int) -> Bool {
    guard text.count >= offset + magic.count else { return false }
    return magic.indices.allSatisfy { text[offset + $0] == magic[$0] }
  }
}

extension ArchiveReader {
  /// Hands over the data of the entry that the archive stands at, to its end.
  fileprivate func handOver(_ receive: (Span<UInt8>) throws -> Void) throws -> TextStream.End {
    let limit = ContainerLimits().unpackedBytes
    var refusal: (any Error)?
    let end = pieces(limit: limit) { piece in
      do { try receive(piece) } catch { refusal = error }
      return refusal == nil
    }
    if let refusal { throw refusal }
    return switch end {
    case .complete: .read
    case .limit: .truncated("only the first \(limit) bytes that come out of it were read")
    case .failure(let reason): .truncated("it can't be unpacked to its end: \(reason)")
    }
  }
}
