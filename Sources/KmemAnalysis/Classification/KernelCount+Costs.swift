/// What one more of a counted thing makes grow with it: where no more than that grows, the count is the
/// cause.
extension KernelCount {
  /// The most bytes that the kernel allocates for one more, without its contents.
  var mostBytes: Double {
    switch self {
    // A stack of 16 KiB, or 32 with KASAN (THREAD_SIZE), task_struct, signals, a page table or two.
    case .threads: 65_536
    // That, and the page tables and mappings of a program with its libraries.
    case .processes: 1_048_576
    // task_struct, signals, pid and credentials; the stack and the memory are gone.
    case .zombies: 32_768
    // A superblock with counters for each processor, lists of each node, and a journal's tables.
    case .mounts: 65_536
    // An object, an inode and a directory entry.
    case .openFiles, .sockets, .dyingCgroups, .inodes, .dentries, .routes: 4096
    // A small socket, and its port in two tables (net/ipv4/inet_timewait_sock.c, inet_hashtables.c).
    case .timeWait: 1024
    // The connection, and its extensions in a kmalloc buffer (net/netfilter/nf_conntrack_core.c).
    case .trackedConnections: 1024
    // Its files in kernfs, and per-CPU counters of each controller.
    case .controlGroups: 524_288
    // `struct sem` has a cache line of its own (ipc/sem.c); an array of one has its head beside.
    case .semaphores: 512
    // A message of `msgmax`, which is 8 KiB unless it is set.
    case .messages: 16_384
    // A network's directories of /proc, its tables, devices and per-CPU counters (net_namespace.c).
    case .namespaces: 1_048_576
    // What is counted is the memory itself.
    case .socketBuffers: 4096
    }
  }

  /// The most bytes of its own memory that a program uses for one more.
  ///
  /// A thread writes to its stack, which the kernel may back by a huge page of 2 MiB, and malloc begins
  /// an arena for some. What a program keeps for an open file is its own matter.
  var mostOwnBytes: Double { self == .threads ? 2.25 * 1_048_576 : 0 }
}

extension SeriesID {
  /// The things that have to become more for this memory to be held for programs, the first of which
  /// has an object each; nothing where none is counted.
  ///
  /// Each count is one of the whole system, so that one which doesn't rise tells.
  ///
  /// Sockets are open files too, and are counted as sockets for one network namespace only. Open files
  /// of `/proc`, pidfds and perf events hold tasks that have ended.
  var evidence: [KernelCount] {
    switch self {
    case .memoryClass(.kernelStacks), .memoryClass(.shadowCallStacks): [.threads]
    case .slabCache(let name): CacheMeaning.evidence[name] ?? []
    default: []
    }
  }

  /// Whether growth of this memory may come with more of a counted thing; what programs store, and
  /// shared memory, stands for itself.
  var mayBeByProduct: Bool {
    switch self {
    case .memoryClass(let memoryClass):
      ![.shmem, .hugePages, .gpuActive, .secPageTables].contains(memoryClass)
    case .slabCache(let name): name != "shmem_inode_cache"
    case .vmallocCaller, .allocationSite, .module, .side: true
    case .system, .count, .cgroup, .process, .command, .commandProcesses: false
    }
  }
}

extension SeriesID {
  /// Whether the memory is where the kernel puts what programs write to a pipe or a socket, and rings and
  /// maps: pages in no class, buffers of sockets, and what is charged to control groups
  /// (`GFP_KERNEL_ACCOUNT`), none of it a module's.
  var mayBeContents: Bool {
    switch self {
    case .memoryClass(.unaccounted), .side(.unaccounted): true
    case .slabCache(let name): name.hasPrefix("kmalloc-cg-") || name.hasPrefix("skbuff_")
    case .allocationSite(let tag): tag.module == nil
    default: false
    }
  }
}

extension CacheMeaning {
  /// The counts that tell whether programs have more of what is in a cache.
  fileprivate static let evidence: [String: [KernelCount]] = [
    "filp": [.openFiles], "bfilp": [.openFiles], "lsm_file_cache": [.openFiles],
    "sock_inode_cache": [.openFiles],
    "task_struct": [.threads, .openFiles], "thread_stack": [.threads],
    "signal_cache": [.threads, .openFiles], "sighand_cache": [.threads, .openFiles],
    "mm_struct": [.threads, .openFiles], "pid": [.threads, .openFiles],
    "fs_cache": [.threads], "files_cache": [.threads],
  ]
}
