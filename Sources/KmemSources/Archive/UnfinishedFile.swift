internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// A file that has no name until all of it is written.
///
/// Where the file system can (`O_TMPFILE`: ext4, XFS, Btrfs, tmpfs), it has no name at all, and nothing
/// is left of it however the program ends. Elsewhere (NFS, FAT) it's hidden, and what a killed run left
/// is swept a day later by whoever writes there next.
final class UnfinishedFile {
  /// How the names of unfinished files begin and end.
  static let names = (prefix: ".kmemcheck-", suffix: ".tmp")

  /// `O_TMPFILE` of `fcntl.h` (Linux 3.11), a sum of macros that Swift doesn't import; the same on all
  /// architectures that Swift runs on.
  private static let unnamed: CInt = 0o20000000 | O_DIRECTORY

  let descriptor: FileDescriptor
  private let directory: String
  /// The hidden name; nil while the file has none.
  private var name: String?

  /// - Throws: `Errno` if no file can be made there.
  init(in directory: String) throws {
    Self.sweep(directory)
    self.directory = directory
    let unnamed = unsafe open(directory, Self.unnamed | O_WRONLY | O_CLOEXEC, 0o600)
    if unnamed >= 0 {
      descriptor = FileDescriptor(rawValue: unnamed)
      return
    }
    let path = Self.hiddenPath(in: directory)
    descriptor = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: [.ownerReadWrite])
    name = path
  }

  deinit {
    if let name { _ = unsafe unlink(name) }
    try? descriptor.close()
  }

  /// Gives the file its name; false if another file has it and isn't to be replaced.
  ///
  /// - Throws: `Errno` if the name can't be given.
  func publish(as path: String, isReplacing: Bool) throws -> Bool {
    if !isReplacing {
      let isTaken = name == nil ? try !linkUnnamed(to: path) : try !linkNamed(to: path)
      if isTaken { return false }
    } else {
      let hidden = try hiddenName()
      guard unsafe rename(hidden, path) == 0 else { throw Errno(rawValue: errno) }
      name = nil
    }
    syncDirectory(of: path)
    return true
  }

  /// The hidden name, which the file gets now if it has none: only a name can replace another.
  private func hiddenName() throws -> String {
    if let name { return name }
    let path = Self.hiddenPath(in: directory)
    guard try linkUnnamed(to: path) else { throw Errno.fileExists }
    name = path
    return path
  }

  private func linkUnnamed(to path: String) throws -> Bool {
    let own = "/proc/self/fd/\(descriptor.rawValue)"
    if unsafe linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return true }
    guard errno == EEXIST else { throw Errno(rawValue: errno) }
    return false
  }

  private func linkNamed(to path: String) throws -> Bool {
    guard let name else { return false }
    if unsafe link(name, path) == 0 {
      _ = unsafe unlink(name)
    } else {
      let error = errno
      guard error != EEXIST else { return false }
      guard [EPERM, EOPNOTSUPP, ENOSYS].contains(error) else { throw Errno(rawValue: error) }
      // A file system without hard links: the name is looked for and then taken.
      guard DirectoryEntry.Kind(of: path) == .other else { return false }
      guard unsafe rename(name, path) == 0 else { throw Errno(rawValue: errno) }
    }
    self.name = nil
    return true
  }

  private static func hiddenPath(in directory: String) -> String {
    "\(directory)/\(names.prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))\(names.suffix)"
  }

  /// Makes the new name survive a crash; a file system that can't do it is no reason to fail.
  private func syncDirectory(of path: String) {
    let directory = FilePath(path).removingLastComponent()
    guard
      let handle = try? FileDescriptor.open(
        directory.isEmpty ? "." : directory, .readOnly, options: [.directory, .closeOnExec])
    else { return }
    _ = fsync(handle.rawValue)
    try? handle.close()
  }

  /// Removes what a killed run left behind more than a day ago.
  private static func sweep(_ directory: String) {
    let yesterday = Manifest.Timestamp.now().wall - 86400
    for entry in (try? listDirectory(directory)) ?? []
    where entry.name.hasPrefix(names.prefix) && entry.name.hasSuffix(names.suffix) {
      var status = stat()
      let path = "\(directory)/\(entry.name)"
      guard unsafe lstat(path, &status) == 0, Double(status.st_mtim.tv_sec) < yesterday else {
        continue
      }
      _ = unsafe unlink(path)
    }
  }
}
