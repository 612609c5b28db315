internal import KmemSnapshot

/// Reads a capture in the store to its end, to see whether it's what was written.
struct CaptureCheck {
  /// Why it isn't; nil for a capture that is whole, as far as its digests and its archive tell.
  let damage: String?

  /// Reads the archive at the path.
  init(ofFile path: String) {
    do throws(ArchiveReader.Failure) {
      damage = try ArchiveReader.read(path, Self.damage)
    } catch {
      damage = error.reason
    }
  }

  private static func damage(in archive: ArchiveReader) throws(ArchiveReader.Failure) -> String? {
    var members = CaptureDigests()
    var written: CaptureDigests?
    var isProtected = false
    loop: while true {
      switch try archive.next() {
      case .end: break loop
      case .passed(let reason): return reason
      case .entry(let entry):
        guard !archive.isRaw else { return "it's no archive" }
        let path = String(entry.path.split(separator: "/", maxSplits: 1).last ?? "")
        guard entry.kind == .file else {
          if case .link(let target) = entry.kind { members.add(link: path, to: target) }
          continue
        }
        let (bytes, end) = archive.data(limit: Self.limit)
        guard end == .complete else { return "\(path) has no end" }
        if path == CaptureDigests.path {
          written = CaptureDigests(parsing: bytes)
          guard written != nil else { return "its list of digests is damaged" }
        } else {
          members.add(file: path, bytes)
          if path == Manifest.path { isProtected = Manifest.isProtected(bytes) }
        }
      }
    }
    guard let written else { return isProtected ? "its end was cut off" : nil }
    return written.difference(from: members).map { "\($0) isn't what was written" }
  }

  /// The most bytes of one member, as of those that are read for an analysis.
  private static let limit = 1 << 30
}

/// Why a file with a capture's ending isn't what was written; nil where it is, as far as its digests and
/// its archive tell.
package func captureDamage(at path: String) -> String? {
  guard Store.endings.contains(where: path.hasSuffix) else { return nil }
  return CaptureCheck(ofFile: path).damage
}

extension Manifest {
  /// Whether the manifest in the bytes says that digests follow.
  fileprivate static func isProtected(_ bytes: [UInt8]) -> Bool {
    (try? Manifest(decodingHeadOf: bytes))?.isProtected == true
  }
}
