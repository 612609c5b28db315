internal import Glibc
internal import KmemParsers
internal import KmemSnapshot

extension LiveFacts {
  /// Bytes of the files in tmpfs that this process has open, such as a history or its own output.
  package static var ownShmem: Int64 {
    var seen: Set<ino_t> = []
    // A recorder has some ten descriptors.
    return (CInt(0)..<64).reduce(0) { sum, descriptor in
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        tmpfsDevices.contains(status.st_dev), seen.insert(status.st_ino).inserted
      else { return sum }
      return sum + Int64(status.st_blocks) * 512
    }
  }

  /// The device numbers of what is mounted as tmpfs, as of the first look.
  private static let tmpfsDevices: Set<dev_t> = {
    let text = readFile("/" + Mounts.path, limit: 1 << 20).bytes
    let mounts = (try? Mounts(parsing: text.span))?.mounts ?? []
    return Set(
      mounts.filter(\.isTmpfs).compactMap { mount in
        var status = stat()
        return unsafe stat(mount.mountPoint, &status) == 0 ? status.st_dev : nil
      })
  }()
}

extension Mounts.Mount {
  /// Whether its files are shared memory; the root of an initramfs is, unless it's a ramfs, which
  /// knows no size (`init_rootfs` in `init/do_mounts.c`).
  fileprivate var isTmpfs: Bool {
    type == "tmpfs" || type == "devtmpfs"
      || type == "rootfs" && options.contains { $0.hasPrefix("size=") }
  }
}
