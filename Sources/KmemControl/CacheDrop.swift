internal import Glibc
package import SystemPackage

/// Makes the kernel give back memory that it keeps only to be faster, so that what is left is held.
package enum CacheDrop {
  /// Drops the page cache, dentries and inodes, once dirty pages are written.
  ///
  /// The file is `/proc/sys/vm/drop_caches` (since 2.6.16). Returns the error if the kernel
  /// refuses.
  package static func dropCaches() -> Errno? {
    sync()
    return write("3", to: "/proc/sys/vm/drop_caches")
  }

  /// Gives the empty slabs of every cache back.
  ///
  /// The files are `/sys/kernel/slab/*/shrink` (since 2.6.22, SLUB only). Returns the error if the
  /// kernel takes it for no cache at all.
  package static func shrinkSlabs() -> Errno? {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob("/sys/kernel/slab/*/shrink", GLOB_NOSORT, nil, &found) == 0 else {
      return .noSuchFileOrDirectory
    }
    var error: Errno? = .noSuchFileOrDirectory
    for index in 0..<Int(unsafe found.gl_pathc) {
      guard let path = unsafe found.gl_pathv[index].map({ unsafe String(cString: $0) }),
        !isAlias(path)
      else { continue }
      let refusal = write("1", to: path)
      if error != nil { error = refusal }
    }
    return error
  }

  /// Whether the cache's directory is a link: a merged cache has one for each of its names.
  private static func isAlias(_ path: String) -> Bool {
    var status = stat()
    let directory = String(path.dropLast("/shrink".count))
    return unsafe lstat(directory, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func write(_ text: String, to path: String) -> Errno? {
    do {
      let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.closeOnExec])
      defer { try? file.close() }
      _ = try file.writeAll(Array(text.utf8))
      return nil
    } catch {
      return error as? Errno ?? .ioError
    }
  }
}
