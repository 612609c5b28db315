internal import SystemPackage

/// Hands libarchive the bytes of an archive that doesn't lie in a file of its own.
@safe final class ArchiveFeed {
  private let room: UnsafeMutableRawBufferPointer
  private let fill: (UnsafeMutableRawBufferPointer) throws -> Int

  /// - Parameter fill: puts the next bytes into the room; 0 is the end.
  init(_ fill: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    unsafe room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    unsafe self.fill = unsafe fill
  }

  deinit { unsafe room.deallocate() }

  /// The data of the entry that the archive stands at.
  convenience init(entryOf archive: ArchiveReader) {
    unsafe self.init { unsafe try archive.read(into: $0) }
  }

  /// The bytes, and what an open file holds behind them.
  convenience init(_ bytes: [UInt8], then file: FileDescriptor? = nil) {
    var offset = 0
    unsafe self.init { room in
      let count = min(room.count, bytes.count - offset)
      if count == 0, let file { return unsafe try file.read(into: room) }
      unsafe room.copyBytes(from: bytes[offset..<(offset + count)])
      offset += count
      return count
    }
  }

  /// Answers the library's call for the next block.
  func next(_ block: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    unsafe block?.pointee = unsafe UnsafeRawPointer(room.baseAddress)
    return unsafe (try? fill(room)) ?? -1
  }
}
