/// The caches whose names tell what is in them, by side: a well-known cache is added here.
extension CacheMeaning {
  static let known: [String: CacheMeaning] = {
    var known: [String: CacheMeaning] = [:]
    func add(_ side: MemorySide, _ meanings: KeyValuePairs<String, String>) {
      for (name, objects) in meanings {
        known[name] = CacheMeaning(
          objects: objects, side: side, isKeptWhileOpen: keptWhileOpen.contains(name),
          isUncounted: uncounted.contains(name))
      }
    }
    add(.cache, cache)
    add(.heldForUserSpace, heldForUserSpace)
    add(.debugging, debugging)
    add(.kernel, kernel)
    return known
  }()

  /// Sockets' inodes are counted as reclaimable, and stay as long as their sockets are open.
  private static let keptWhileOpen: Set = ["sock_inode_cache"]

  /// Objects that belong to an inode and go with it, in caches that the kernel doesn't count as reclaimable
  /// (fs/jbd2/journal.c, security/security.c, security/integrity/iint.c).
  private static let uncounted: Set = [
    "jbd2_inode", "lsm_inode_cache", "selinux_inode_security", "iint_cache", "ima_iint_cache",
  ]

  /// The caches of one protocol's sockets each.
  ///
  /// Their objects are of like size, so that SLUB merges them: the one name that is left stands for sockets of several protocols.
  static let socketCaches: Set = [
    "PING", "PINGv6", "RAW", "RAWv6", "UDP", "UDPv6", "UDP-Lite", "UDPLITEv6", "TCP", "TCPv6",
    "MPTCP", "UNIX", "UNIX-STREAM", "UNIX-DGRAM", "PACKET", "NETLINK",
  ]

  /// Whether the cache holds sockets of a protocol, among them those that are closed or not yet open.
  static func isOfSockets(_ name: String) -> Bool {
    socketCaches.contains(name)
      || ["tw_sock_", "request_sock_"].contains(where: name.hasPrefix)
  }

  private static let cache: KeyValuePairs = [
    "proc_inode_cache": "inodes of /proc",
    "dentry": "directory entries in memory", "dentry_cache": "directory entries in memory",
    "buffer_head": "buffers of cached blocks", "radix_tree_node": "index nodes of the page cache",
    "xfs_buf": "buffers of cached blocks", "nfs_inode_cache": "inodes in memory",
    "btrfs_extent_map": "extent maps of cached files",
    "ext4_extent_status": "extent maps of cached files", "mbcache": "extended attributes in memory",
    "lsm_inode_cache": "security labels of inodes in memory", "extent_status": "extents of files",
    "selinux_inode_security": "security labels of inodes in memory",
    "jbd2_inode": "the journal's records of inodes in memory",
    "xfs_ili": "log items of inodes in memory",
    "iint_cache": "measurements of inodes in memory",
    "ima_iint_cache": "measurements of inodes in memory",
    "jbd2_journal_head": "journal heads of cached blocks", "ext4_inode_cache": "inodes of ext4",
    "xfs_inode": "inodes of xfs", "btrfs_inode": "inodes of btrfs",
  ]

  private static let heldForUserSpace: KeyValuePairs = [
    "shmem_inode_cache": "inodes of tmpfs and shared memory files",
    "sock_inode_cache": "sockets",
    "hugetlbfs_inode_cache": "inodes of huge page files", "mqueue_inode_cache": "message queues",
    "filp": "open files", "files_cache": "tables of open files",
    "UNIX": "Unix sockets", "UNIX-STREAM": "Unix sockets", "UNIX-DGRAM": "Unix sockets",
    "PINGv6": "ping sockets", "UDP-Lite": "UDP sockets", "UDPLITEv6": "UDP sockets",
    "TCP": "TCP sockets",
    "TCPv6": "TCP sockets", "UDP": "UDP sockets", "UDPv6": "UDP sockets", "RAW": "raw sockets",
    "RAWv6": "raw sockets", "MPTCP": "MPTCP sockets", "tw_sock_TCPv6": "TCP sockets in TIME_WAIT",
    "request_sock_TCPv6": "TCP connections being set up",
    "lsm_file_cache": "security labels of open files", "bfilp": "open files",
    "ep_head": "epoll registrations", "kioctx": "contexts of asynchronous I/O",
    "io_kiocb": "requests of io_uring", "dnotify_struct": "watches of directories",
    "dnotify_mark": "watches of directories", "msg_msg": "messages in queues",
    "tcp_bind_bucket": "ports of TCP sockets", "tcp_bind2_bucket": "ports of TCP sockets",
    "PING": "ping sockets", "tw_sock_TCP": "TCP sockets in TIME_WAIT",
    "request_sock_TCP": "TCP connections being set up",
    "task_struct": "threads", "thread_stack": "stacks of threads", "mm_struct": "processes",
    "vm_area_struct": "memory mappings of processes",
    "anon_vma": "anonymous mappings of processes",
    "anon_vma_chain": "anonymous mappings of processes",
    "maple_node": "memory mappings of processes, directories of tmpfs",
    "vma_lock": "memory mappings of processes",
    "signal_cache": "processes", "sighand_cache": "processes", "pid": "process ids",
    "cred_jar": "credentials of processes", "fs_cache": "processes",
    "mnt_cache": "mounts", "eventpoll_epi": "epoll registrations",
    "eventpoll_pwq": "epoll registrations", "inotify_inode_mark": "inotify watches",
    "fanotify_mark": "fanotify marks", "shared_policy_node": "memory policies of processes",
    "posix_timers_cache": "POSIX timers",
    "file_lock_cache": "file locks",
    "key_jar": "keys in key rings", "pde_opener": "open files of /proc",
  ]

  private static let debugging: KeyValuePairs = [
    "kmemleak_object": "kmemleak's records", "kmemleak_scan_area": "kmemleak's records",
    "debug_objects_cache": "records of debugobjects", "page_ext": "records of page_owner",
    "stack_depot": "stacks that debugging keeps",
  ]

  private static let kernel: KeyValuePairs = [
    "kernfs_node_cache": "files of sysfs and cgroups", "skbuff_head_cache": "network packets",
    "skbuff_fclone_cache": "network packets", "skbuff_small_head": "heads of network packets",
    "vmap_area": "areas of vmalloc", "bio": "block I/O requests", "radix_tree": "index nodes",
  ]
}
