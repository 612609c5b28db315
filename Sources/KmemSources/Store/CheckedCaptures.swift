internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// What is known of the captures in all directories of a store.
struct StoreChecks {
  private var directories: [String: CheckedCaptures] = [:]

  /// A capture's file, which says of itself what is read unless it was before.
  mutating func capture(_ path: String, in directory: String) -> StoredCapture {
    directories[directory, default: CheckedCaptures(in: directory)].capture(path)
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
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
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
    var head: ArraySlice<UInt8>?
  }

  private let directory: String
  private var known: [String: Entry] = [:]
  private var found: [String: Entry] = [:]

  init(in directory: String) {
    self.directory = directory
    let path = "\(directory)/\(Self.name)"
    let reading = readFile(path, limit: 16 << 20, isWaiting: false)
    guard reading.outcome == .read, Self.isOwn(path) else { return }
    for line in reading.bytes.split(separator: 10) {
      let parts = line.split(separator: 9, maxSplits: 2)
      guard let trace = parts.first else { continue }
      // Earlier versions kept only the traces of whole captures.
      known[String(decoding: trace, as: UTF8.self)] = Entry(
        isWhole: parts.count < 2 || parts[1].elementsEqual("whole".utf8),
        head: parts.count == 3 ? parts[2] : nil)
    }
  }

  /// The capture with what it says of itself.
  mutating func capture(_ path: String) -> StoredCapture {
    var status = stat()
    let isThere = unsafe lstat(path, &status) == 0
    let size = isThere ? Int(status.st_size) : 0
    let trace = isThere ? Self.trace(status) : nil
    let entry = trace.flatMap { known[$0] }
    if let trace, let entry, let manifest = entry.head.flatMap(Manifest.init(line:)) {
      found[trace] = entry
      return StoredCapture(path: path, size: size, contents: .capture(manifest))
    }
    let contents = StoredCapture.Contents(ofFile: path)
    if let trace, case .capture(let manifest) = contents {
      found[trace] = Entry(
        isWhole: entry?.isWhole ?? false, head: manifest.line.map { Array($0.utf8)[...] })
    }
    return StoredCapture(path: path, size: size, contents: contents)
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
      let head = entry.head.map { "\t\(String(decoding: $0, as: UTF8.self))" } ?? ""
      return "\(trace)\t\(state)\(head)\n"
    }
    guard (try? file.descriptor.writeAll(Array(lines.sorted().joined().utf8))) != nil else {
      return
    }
    _ = try? file.publish(as: "\(directory)/\(Self.name)", isReplacing: true)
  }

  /// Inode, size, and the times of the last change of contents and of anything else.
  private static func trace(of path: String) -> String? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? trace(status) : nil
  }

  private static func trace(_ status: stat) -> String {
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
