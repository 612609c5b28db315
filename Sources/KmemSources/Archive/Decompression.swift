/// The contents of a file that gzip, xz, zstd, bzip2 or lz4 made smaller; other bytes as they are.
///
/// - Throws: `SourceError` if the bytes are damaged or more than `limit` bytes come out.
package func decompressed(_ bytes: [UInt8], limit: Int = 256 << 20) throws -> [UInt8] {
  guard isCompressed(bytes) else { return bytes }
  if bytes.starts(with: gzip), let plain = gunzipped(bytes, limit: limit) { return plain }
  do {
    let archive = try ArchiveReader(ArchiveFeed(bytes), isRawOnly: true)
    guard case .entry = try archive.next() else { return [] }
    let (contents, end) = archive.data(limit: limit)
    switch end {
    case .complete: return contents
    case .limit: throw SourceError(.badData, "more than \(limit) bytes come out of it")
    case .failure(let reason): throw SourceError(.badData, "it can't be unpacked: \(reason)")
    }
  } catch let error as ArchiveReader.Failure {
    throw SourceError(.badData, "it can't be unpacked: \(error.reason)")
  }
}

private let gzip: [UInt8] = [0x1F, 0x8B]

private let magics: [[UInt8]] = [
  gzip, [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD], [0x42, 0x5A, 0x68],
  [0x04, 0x22, 0x4D, 0x18],
]

/// Whether the bytes begin as a compressed file does.
func isCompressed(_ bytes: [UInt8]) -> Bool { magics.contains { bytes.starts(with: $0) } }

extension ArchiveReader {
  /// How reading an entry's data ended.
  enum DataEnd: Hashable {
    case complete
    case limit
    case failure(String)
  }

  /// The data of the entry that the archive stands at, as far as it can be read.
  func data(limit: Int) -> (bytes: [UInt8], end: DataEnd) {
    var bytes: [UInt8] = []
    let end = pieces(limit: limit) { piece in
      unsafe piece.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      return true
    }
    return (bytes, end)
  }

  /// Hands over the data of the entry that the archive stands at, in pieces of at most 1 MiB, until
  /// so many bytes came or the receiver wants no more.
  func pieces(limit: Int, _ receive: (Span<UInt8>) -> Bool) -> DataEnd {
    var total = 0
    // A capture has thousands of small entries: they share the room.
    var chunk = takeRoom()
    defer { keepRoom(chunk) }
    while true {
      do {
        let count = unsafe try chunk.withUnsafeMutableBytes { unsafe try read(into: $0) }
        guard count > 0 else { return .complete }
        let room = min(count, limit - total)
        total += room
        guard receive(chunk.span.extracting(0..<room)), count <= room else { return .limit }
        if count == chunk.count, count < 1 << 20 { chunk = Array(repeating: 0, count: count * 2) }
      } catch let failure as Failure {
        return .failure(failure.reason)
      } catch {
        return .failure("\(error)")
      }
    }
  }
}
