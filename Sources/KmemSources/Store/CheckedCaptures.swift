internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// What is known of the captures in all directories of a store.
struct StoreChecks {
  private var directories: [String: CheckedCaptures] = [:]

  /// What a capture's file says of itself, read unless it was before.
  mutating func contents(of path: String) -> StoredCapture.Contents {
    let directory = Self.directory(of: path)
    return directories[directory, default: CheckedCaptures(in: directory)].contents(of: path)
  }

  /// The capture with its damage; a folder has no digests to be checked by.
  mutating func checked(_ capture: StoredCapture) -> StoredCapture {
    guard capture.damage == nil, DirectoryEntry.Kind(of: capture.path) == .file else {
      return capture
    }
    let directory = Self.directory(of: capture.path)
    guard
      let damage = directories[directory, default: CheckedCaptures(in: directory)]
        .damage(of: capture.path)
    else { return capture }
    var capture = capture
    capture.contents = .damaged(damage, capture.manifest)
    return capture
  }

  /// Keeps what was found, once all captures of the directories were asked for their contents.
  func save() {
    for directory in directories.values { directory.save() }
  }

  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

/// What the captures of one directory say of themselves, and which were read to their end and found
/// whole, so that each is only once.
///
/// They are known by what the file system says of them: a file that was cut, changed or replaced since
/// is read again. A bit that the disk turned leaves no such trace: whoever reads the capture sees that.
struct CheckedCaptures {
  /// The hidden file that keeps it: a line for each capture, with its trace, whether it's whole,
  /// and its head.
  static let name = ".checked"

  private struct Entry: Equatable {
    var isWhole = false
    var head: String?
  }

  private let directory: String
  private var known: [String: Entry] = [:]
  private var found: [String: Entry] = [:]

  init(in directory: String) {
    self.directory = directory
    let path = "\(directory)/\(Self.name)"
    let reading = readFile(path, limit: 16 << 20, isWaiting: false)
    guard reading.outcome == .read, Self.isOwn(path) else { return }
    for line in String(decoding: reading.bytes, as: UTF8.self).utf8.split(separator: 10) {
      let parts = line.split(separator: 9, maxSplits: 2).map { String(Substring($0)) }
      guard let trace = parts.first else { continue }
      // Earlier versions kept only the traces of whole captures.
      known[trace] = Entry(
        isWhole: parts.count < 2 || parts[1] == "whole",
        head: parts.count == 3 ? parts[2] : nil)
    }
  }

  /// What the capture says of itself.
  mutating func contents(of path: String) -> StoredCapture.Contents {
    let trace = Self.trace(of: path)
    let entry = trace.flatMap { known[$0] }
    if let trace, let entry, let manifest = entry.head.flatMap(Manifest.init(line:)) {
      found[trace] = entry
      return .capture(manifest)
    }
    let contents = StoredCapture.Contents(ofFile: path)
    if let trace, case .capture(let manifest) = contents {
      found[trace] = Entry(isWhole: entry?.isWhole ?? false, head: manifest.line)
    }
    return contents
  }

  /// Why the capture isn't whole; nil where it is.
  mutating func damage(of path: String) -> String? {
    guard let trace = Self.trace(of: path) else { return "it can't be read" }
    if known[trace]?.isWhole == true || found[trace]?.isWhole == true { return nil }
    if let damage = CaptureCheck(ofFile: path).damage { return damage }
    found[trace, default: known[trace] ?? Entry()].isWhole = true
    return nil
  }

  /// Keeps what was found, and forgets the captures that are no longer there.
  ///
  /// A store that can't be written to is read again the next time.
  func save() {
    guard found != known, let file = try? UnfinishedFile(in: directory) else { return }
    let lines = found.map { trace, entry in
      let state = entry.isWhole ? "whole" : "seen"
      return "\(trace)\t\(state)" + (entry.head.map { "\t\($0)" } ?? "") + "\n"
    }
    guard (try? file.descriptor.writeAll(Array(lines.sorted().joined().utf8))) != nil else {
      return
    }
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
