/// What a mapping of a process is for.
package enum MapKind: String, Hashable, Sendable, CaseIterable {
  /// Code of a program or library.
  case text
  /// Initialised variables of a program or library, and other parts of a file that are mapped
  /// writable and private.
  case data
  /// Variables that begin as zero, right behind the data of their file.
  case bss
  /// What `brk` gave: small allocations of the C library's first arena.
  case heap
  case stack
  /// Memory that belongs to no file: larger allocations, other arenas, stacks of threads.
  case anon
  /// A file that is read or shared.
  case file
  /// Shared memory: System V, POSIX, memfd, shared anonymous memory.
  case shm
  /// Huge pages of hugetlbfs.
  case huge
  /// What the kernel maps for its own use: vdso, vvar, vsyscall.
  case vdso

  /// Takes the kind from the header of a mapping; `previous` is the mapping that ends where this
  /// one begins.
  init(path: String, permissions: String, flags: String?, previous: (path: String, kind: MapKind)?)
  {
    let isShared = permissions.hasSuffix("s")
    switch path {
    case "[heap]": self = .heap
    case "[vdso]", "[vvar]", "[vsyscall]", "[vvar_vclock]", "[vectors]", "[sigpage]", "[uprobes]":
      self = .vdso
    case "": self = isShared ? .shm : Self.plain(permissions, previous)
    case _ where Self.isHuge(path, flags): self = .huge
    case _ where path.hasPrefix("[stack"): self = .stack
    case _ where path.hasPrefix("[anon_shmem:") || Self.isSharedMemory(path): self = .shm
    case _ where path.hasPrefix("["): self = .anon
    case _ where permissions.contains("x"): self = .text
    case _ where permissions.contains("w") && !isShared: self = .data
    default: self = .file
    }
  }

  /// The zeroed variables of a file are mapped without a name behind its data.
  private static func plain(_ permissions: String, _ previous: (path: String, kind: MapKind)?)
    -> MapKind
  {
    guard let previous, permissions.hasPrefix("rw"), previous.kind == .data else { return .anon }
    return .bss
  }

  private static func isSharedMemory(_ path: String) -> Bool {
    path.hasPrefix("/dev/shm/") || path.hasPrefix("/SYSV") || path.hasPrefix("/memfd:")
      || path == "/dev/zero (deleted)" || path.hasPrefix("/dev/ashmem/")
  }

  private static func isHuge(_ path: String, _ flags: String?) -> Bool {
    path.hasPrefix("/anon_hugepage") || flags.map(Self.hasHugeFlag) == true
  }

  /// Whether one of the words is `ht`.
  ///
  /// Each mapping has some twenty, and parting them took a tenth of `maps`.
  private static func hasHugeFlag(_ flags: String) -> Bool {
    var word: (UInt8, UInt8, length: Int) = (0, 0, 0)
    for byte in flags.utf8 {
      if byte == 0x20 {
        if word == (0x68, 0x74, 2) { return true }
        word.length = 0
      } else {
        word = (word.1, byte, word.length + 1)
      }
    }
    return word == (0x68, 0x74, 2)
  }
}
