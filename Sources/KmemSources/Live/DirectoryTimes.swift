internal import Glibc
internal import KmemSnapshot

/// When directories of sysfs were there already.
///
/// The kernel gives such a directory the time at which someone looked at it first (`kernfs_get_inode` in
/// fs/kernfs/inode.c): udev does so as soon as a module is loaded. Where the kernel forgot it in
/// between, the time is a later one.
struct DirectoryTimes {
  /// What the wall clock is ahead of the time since boot, in seconds.
  private let offset: Double?

  init() {
    let now = Manifest.Timestamp.now()
    offset = now.boot.map { now.wall - $0 }
  }

  /// Seconds since boot; nothing where there is no such directory.
  ///
  /// A wall clock set since then makes it wrong by as much, so it is never a moment before boot.
  func bootTime(of path: String) -> Double? {
    var status = stat()
    guard let offset, unsafe stat(path, &status) == 0 else { return nil }
    let time = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9 - offset
    return time >= 0 ? time : nil
  }
}
