internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// The checks of the captures in all directories of a store.
struct StoreChecks {
  private var directories: [String: CheckedCaptures] = [:]

  /// The capture with its damage; a folder has no digests to be checked by.
  mutating func checked(_ capture: StoredCapture) -> StoredCapture {
    guard capture.damage == nil, let slash = capture.path.lastIndex(of: "/"),
      DirectoryEntry.Kind(of: capture.path) == .file
    else { return capture }
    let directory = String(capture.path[..<slash])
    guard
      let damage = directories[directory, default: CheckedCaptures(in: directory)]
        .damage(of: capture.path)
    else { return capture }
    var capture = capture
    capture.contents = .damaged(damage, capture.manifest)
    return capture
  }

  func save(isComplete: Bool) {
    for directory in directories.values { directory.save(isComplete: isComplete) }
  }
}

/// Which captures of one directory were read to their end and found whole, so that each is only once.
///
/// They are known by what the file system says of them: a file that was cut, changed or replaced since
/// is read again. A bit that the disk turned leaves no such trace: whoever reads the capture sees that.
struct CheckedCaptures {
  /// The hidden file that keeps it: a line for each capture.
  static let name = ".checked"

  private let directory: String
  private var known: Set<String>
  private var found: Set<String> = []

  init(in directory: String) {
    self.directory = directory
    let reading = readFile("\(directory)/\(Self.name)", limit: 16 << 20, isWaiting: false)
    let isTrusted = reading.outcome == .read && Self.isOwn("\(directory)/\(Self.name)")
    let text = isTrusted ? String(decoding: reading.bytes, as: UTF8.self) : ""
    known = Set(text.split(separator: "\n").map(String.init))
  }

  /// Why the capture isn't whole; nil where it is.
  mutating func damage(of path: String) -> String? {
    guard let trace = Self.trace(of: path) else { return "it can't be read" }
    if !known.contains(trace), let damage = CaptureCheck(ofFile: path).damage { return damage }
    found.insert(trace)
    return nil
  }

  /// Keeps what was found, and forgets the captures that weren't asked about if all were.
  ///
  /// A store that can't be written to is checked again the next time.
  func save(isComplete: Bool) {
    let found = isComplete ? found : found.union(known)
    guard found != known, let file = try? UnfinishedFile(in: directory) else { return }
    let text = found.sorted().map { "\($0)\n" }.joined()
    guard (try? file.descriptor.writeAll(Array(text.utf8))) != nil else { return }
    _ = try? file.publish(as: "\(directory)/\(Self.name)", isReplacing: true)
  }

  /// Inode, size, and the times of the last change of contents and of anything else.
  private static func trace(of path: String) -> String? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    let (changed, touched) = (status.st_mtim, status.st_ctim)
    return "\(status.st_ino) \(status.st_size) \(changed.tv_sec).\(changed.tv_nsec) "
      + "\(touched.tv_sec).\(touched.tv_nsec)"
  }

  /// Whether nobody but this user, or root, could have written the file.
  private static func isOwn(_ path: String) -> Bool {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return false }
    return [0, geteuid()].contains(status.st_uid) && status.st_mode & 0o022 == 0
  }
}
