internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// Files in `/run/kmemcheck`, a directory that is root's alone and gone with the boot.
enum BootFile {
  /// Writes the file whole or not at all; one that can't be written is lost.
  static func write(_ bytes: [UInt8], to path: String) {
    // Others may be writing the same at this moment.
    let part = "\(path).\(getpid()).part"
    _ = unsafe mkdir(FilePath(path).removingLastComponent().string, 0o700)
    do {
      // A link that lies there all the same isn't followed.
      let file = try FileDescriptor.open(
        FilePath(part), .writeOnly, options: [.create, .truncate, .noFollow, .closeOnExec],
        permissions: [.ownerReadWrite])
      _ = try file.closeAfter { try file.writeAll(bytes) }
    } catch {
      _ = unsafe unlink(part)
      return
    }
    if unsafe rename(part, path) != 0 { _ = unsafe unlink(part) }
  }

  /// What is in the file, if there is one.
  static func contents(_ path: String) -> [UInt8]? {
    let reading = readFile(path, limit: 16 << 20, isWaiting: false)
    return reading.outcome == .read ? reading.bytes : nil
  }
}
