internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// A capture that lies in the store.
package struct StoredCapture: Hashable, Sendable {
  /// The file's path.
  package let path: String
  /// The size of the file in bytes.
  package let size: Int
  /// What the capture says about itself.
  package internal(set) var contents: Contents

  /// What could be read of the file.
  package enum Contents: Hashable, Sendable {
    /// Its manifest, without what became of each source.
    case capture(Manifest)
    /// The file isn't what was written as a capture, for this reason; with its manifest, if that can be read.
    case damaged(String, Manifest? = nil)
  }

  /// A capture in the store.
  package init(path: String, size: Int, contents: Contents) {
    self.path = path
    self.size = size
    self.contents = contents
  }

  /// The capture's manifest; nothing where it can't be read.
  package var manifest: Manifest? {
    switch contents {
    case .capture(let manifest): manifest
    case .damaged(_, let manifest): manifest
    }
  }

  /// Why the capture isn't what was written; nil where it is, or where nobody looked.
  package var damage: String? {
    guard case .damaged(let reason, _) = contents else { return nil }
    return reason
  }

  /// When reading began, in seconds since 1970; nothing where that can't be read.
  package var time: Double? { manifest?.start.wall }
}

extension StoredCapture.Contents {
  /// Reads only the manifest, which is the first entry of every capture.
  init(ofFile path: String) {
    do throws(ArchiveReader.Failure) {
      self = try ArchiveReader.read(path, Self.init(archive:))
    } catch {
      self = .damaged(error.reason)
    }
  }

  /// The label of a capture, of which only the first 4 KiB of the manifest are read.
  static func label(ofFile path: String) -> String? {
    try? ArchiveReader.read(path) { archive throws(ArchiveReader.Failure) -> String? in
      guard try stands(atManifest: archive) else { return nil }
      return Manifest.label(inBeginning: archive.data(limit: 4 << 10).bytes)
    }
  }

  /// Goes to the first entry, which is the manifest of every capture, and tells whether it is.
  private static func stands(
    atManifest archive: ArchiveReader
  ) throws(ArchiveReader.Failure) -> Bool {
    guard case .entry(let entry) = try archive.next() else { return false }
    return entry.path.hasSuffix("/" + Manifest.path)
  }

  /// Reads the manifest of a capture that is a folder; nothing for any other folder.
  init?(ofFolder path: String) {
    let manifest = "\(path)/\(Manifest.path)"
    guard DirectoryEntry.Kind(of: manifest) == .file else { return nil }
    let reading = readFile(manifest, limit: 64 << 20, isWaiting: false)
    self = Self(manifest: reading.bytes, isWhole: reading.outcome == .read)
  }

  private init(archive: ArchiveReader) throws(ArchiveReader.Failure) {
    guard try Self.stands(atManifest: archive) else {
      self = .damaged("it doesn't begin with a manifest")
      return
    }
    let (bytes, end) = archive.data(limit: 64 << 20)
    self = Self(manifest: bytes, isWhole: end == .complete)
  }

  private init(manifest bytes: [UInt8], isWhole: Bool) {
    if let schema = Manifest.laterSchema(in: bytes) {
      self = .damaged("a newer kmemcheck took it (\(schema))")
      return
    }
    guard isWhole, let manifest = try? Manifest(decodingHeadOf: bytes) else {
      self = .damaged("its manifest can't be understood")
      return
    }
    self = .capture(manifest)
  }
}

/// What a capture of kmemcheck's own tells of itself, without what became of each source; nothing
/// where the file is none.
package func captureManifest(at path: String) -> Manifest? {
  guard Store.endings.contains(where: path.hasSuffix),
    case .capture(let manifest) = StoredCapture.Contents(ofFile: path)
  else { return nil }
  return manifest
}

/// The bytes of a regular file; 0 for anything else.
package func fileSize(at path: String) -> Int64 {
  var status = stat()
  guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
  return Int64(status.st_size)
}
