internal import Glibc
internal import SystemPackage

/// An entry of a directory.
struct DirectoryEntry: Hashable {
  enum Kind { case file, directory, link, other }

  let name: String
  let kind: Kind
  /// The number of its inode, as the directory tells it.
  let inode: UInt64
}

/// The entries of a directory in the order of their names, without `.` and `..`.
///
/// - Throws: `Errno` if the directory can't be opened.
func listDirectory(_ path: String, limit: Int = 1_000_000) throws -> [DirectoryEntry] {
  guard let stream = unsafe opendir(path) else { throw Errno(rawValue: errno) }
  defer { unsafe closedir(stream) }
  var entries: [DirectoryEntry] = []
  while entries.count < limit, let entry = unsafe readdir(stream) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
        unsafe String(cString: $0)
      }
    }
    guard name != ".", name != ".." else { continue }
    let kind = unsafe DirectoryEntry.Kind(type: entry.pointee.d_type, path: path + "/" + name)
    entries.append(
      unsafe DirectoryEntry(name: name, kind: kind, inode: UInt64(entry.pointee.d_ino)))
  }
  return entries.sorted { $0.name < $1.name }
}

extension DirectoryEntry.Kind {
  /// Some file systems leave the type out; then the file itself is asked.
  init(type: UInt8, path: @autoclosure () -> String) {
    switch Int(type) {
    case Int(DT_REG): self = .file
    case Int(DT_DIR): self = .directory
    case Int(DT_LNK): self = .link
    case Int(DT_UNKNOWN): self = Self(of: path())
    default: self = .other
    }
  }

  /// The kind of the file at the path; a link isn't followed.
  init(of path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      self = .other
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}

/// Whether a kernel answers in the directory, as in `/proc`: it's no copy of one.
///
/// The top of such a file system is inode 1 (`PROC_ROOT_INO`), and it has no blocks.
func isProcessFileSystem(_ path: String) -> Bool {
  var status = stat()
  var system = statvfs()
  return unsafe stat(path, &status) == 0 && status.st_ino == 1
    && statvfs(path, &system) == 0 && system.f_blocks == 0
}

/// The target of a symbolic link as it is written, or nothing if it isn't one.
func linkTarget(_ path: String) -> String? {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { room in
    guard let start = room.baseAddress else { return nil }
    let count = unsafe readlink(path, start, room.count)
    guard count > 0 else { return nil }
    return unsafe String(decoding: UnsafeRawBufferPointer(room).prefix(count), as: UTF8.self)
  }
}

/// The path without links, dots and double slashes, or nothing if there is no such file.
func resolvedPath(_ path: String) -> String? {
  guard let resolved = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}
