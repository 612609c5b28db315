internal import Glibc
package import SystemPackage

/// A file that the user names for what is written, and that others can't lead elsewhere.
///
/// Who runs this as root names files in directories where everybody may make some. A link that somebody
/// else placed there would have root write wherever it leads, and a file of somebody else's would give
/// its owner what is written. The kernel refuses both where `fs.protected_symlinks` and
/// `fs.protected_regular` are on, which isn't so everywhere, nor in directories of other users.
package enum OutputFile {
  /// Opens the file for writing, empty; one that isn't there is made, for its owner only.
  ///
  /// The mode of a file that exists stays. Devices and pipes are written to as they are.
  ///
  /// - Throws: `Errno`, or `SourceError` for a link or a file of somebody else's.
  package static func open(_ path: String) throws -> FileDescriptor {
    let target = try OutputTarget(path)
    let file = try FileDescriptor.open(
      FilePath(target.path), .writeOnly,
      options: target.isKernelLink ? [.closeOnExec] : [.create, .closeOnExec, .noFollow],
      permissions: [.ownerReadWrite])
    do {
      var status = stat()
      guard unsafe fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
      try refuseStrangers(status, at: target.path)
      if status.st_mode & S_IFMT == S_IFREG, ftruncate(file.rawValue, 0) != 0 {
        throw Errno(rawValue: errno)
      }
      return file
    } catch {
      try? file.close()
      throw error
    }
  }

  /// The path to which the links lead that are followed, for a file that a library opens.
  ///
  /// - Throws: `SourceError` for a link or a file of somebody else's.
  package static func target(of path: String) throws(SourceError) -> String {
    let target = try OutputTarget(path).path
    var status = stat()
    if unsafe lstat(target, &status) == 0 { try refuseStrangers(status, at: target) }
    return target
  }

  /// Refuses a file whose owner would get what is written by mere luck.
  private static func refuseStrangers(_ status: stat, at path: String) throws(SourceError) {
    guard status.st_mode & S_IFMT == S_IFREG, ![0, geteuid()].contains(status.st_uid) else {
      return
    }
    var folder = stat()
    let parent = FilePath(path).removingLastComponent().string
    guard unsafe stat(parent.isEmpty ? "." : parent, &folder) == 0 else { return }
    guard folder.st_mode & S_ISVTX != 0, folder.st_mode & 0o002 != 0 else { return }
    guard folder.st_uid != status.st_uid else { return }
    throw SourceError(
      .cannotWrite,
      "it's a file of another user's (\(status.st_uid)), in a directory where everybody may make files"
    )
  }
}

/// Where the links at the end of a path lead that root or this user made.
private struct OutputTarget {
  /// `O_PATH` of `fcntl.h` (Linux 2.6.39); the same on all architectures that Swift runs on.
  private static let pathOnly: CInt = 0o10000000

  private(set) var path: String
  /// Whether it's a link of the kernel's to an open file, such as `/proc/self/fd/1`, which has no path.
  private(set) var isKernelLink = false

  init(_ path: String) throws(SourceError) {
    self.path = path
    // As many as the kernel follows.
    for _ in 0..<40 {
      guard let next = try next() else { return }
      self.path = next
    }
  }

  /// The path that the link at the end of this one names; nil if there is no link.
  private mutating func next() throws(SourceError) -> String? {
    let link = unsafe Glibc.open(path, Self.pathOnly | O_NOFOLLOW | O_CLOEXEC)
    guard link >= 0 else { return nil }
    defer { close(link) }
    var status = stat()
    guard unsafe fstat(link, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return nil }
    guard [0, geteuid()].contains(status.st_uid) else {
      throw SourceError(
        .cannotWrite,
        "it's a link of another user's (\(status.st_uid)), which isn't followed; name the file itself"
      )
    }
    isKernelLink = Self.isInProc(status)
    guard !isKernelLink, let target = Self.contents(of: link) else { return nil }
    return FilePath(path).removingLastComponent().pushing(FilePath(target)).string
  }

  /// Whether a link is one of the kernel's: it lies in the file system of `/proc`.
  private static func isInProc(_ link: stat) -> Bool {
    var proc = stat()
    return unsafe stat("/proc/self", &proc) == 0 && proc.st_dev == link.st_dev
  }

  private static func contents(of link: CInt) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlinkat(link, "", &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
