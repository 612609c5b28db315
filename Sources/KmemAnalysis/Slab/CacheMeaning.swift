/// What the objects of a well-known cache are, and who makes the kernel hold them.
///
/// It rests on the cache's name alone, so it is inferred, never exact. Names are those given to
/// `kmem_cache_create()` in the kernel's source.
package struct CacheMeaning: Hashable, Sendable {
  /// What one object is, in the plural: `inodes of tmpfs files`.
  package let objects: String
  package let holder: Holder

  /// Who makes the kernel hold the objects.
  package enum Holder: String, Hashable, Sendable {
    /// A cache that the kernel shrinks when memory runs short, or what goes away with its objects.
    case reclaimableCache
    /// User space, by what it keeps open, mapped, mounted or stored.
    case userSpace
    /// kmemleak and other debugging.
    case instrumentation
    /// The kernel itself or its drivers.
    case kernel
  }

  package var isReclaimable: Bool? {
    switch holder {
    case .reclaimableCache: true
    case .userSpace, .instrumentation: false
    case .kernel: nil
    }
  }

  package init?(name: String) {
    if let known = Self.known[name] {
      self = known
    } else if name.hasSuffix("inode_cache") || ["zfs_znode_cache", "ovl_inode"].contains(name) {
      self.init(objects: "inodes in memory", holder: .reclaimableCache)
    } else if name.hasPrefix("kmalloc-rcl-") {
      self.init(objects: "reclaimable kmalloc buffers", holder: .reclaimableCache)
    } else if name.hasPrefix("bio-") || name.hasPrefix("biovec-") {
      self.init(objects: "block I/O requests", holder: .kernel)
    } else if Self.genericPrefixes.contains(where: name.hasPrefix) {
      self.init(objects: "kmalloc buffers of any caller", holder: .kernel)
    } else {
      return nil
    }
  }

  private init(objects: String, holder: Holder) {
    self.objects = objects
    self.holder = holder
  }

  private static let genericPrefixes = ["kmalloc-", "size-", "dma-kmalloc-"]

  private static let known: [String: CacheMeaning] = {
    var known: [String: CacheMeaning] = [:]
    func add(_ holder: Holder, _ meanings: KeyValuePairs<String, String>) {
      for (name, objects) in meanings {
        known[name] = CacheMeaning(objects: objects, holder: holder)
      }
    }
    add(.reclaimableCache, reclaimable)
    add(.userSpace, userSpace)
    add(.instrumentation, instrumentation)
    add(.kernel, kernel)
    return known
  }()

  private static let reclaimable: KeyValuePairs = [
    "dentry": "directory entries in memory", "dentry_cache": "directory entries in memory",
    "buffer_head": "buffers of cached blocks", "radix_tree_node": "index nodes of the page cache",
    "xfs_buf": "buffers of cached blocks", "nfs_inode_cache": "inodes in memory",
    "btrfs_extent_map": "extent maps of cached files",
    "ext4_extent_status": "extent maps of cached files", "mbcache": "extended attributes in memory",
    "lsm_inode_cache": "security labels of inodes in memory", "extent_status": "extents of files",
    "selinux_inode_security": "security labels of inodes in memory",
    "jbd2_journal_head": "journal heads of cached blocks", "ext4_inode_cache": "inodes of ext4",
    "xfs_inode": "inodes of xfs", "btrfs_inode": "inodes of btrfs",
  ]

  private static let userSpace: KeyValuePairs = [
    "shmem_inode_cache": "inodes of tmpfs and shared memory files",
    "proc_inode_cache": "inodes of /proc", "sock_inode_cache": "sockets",
    "hugetlbfs_inode_cache": "inodes of huge page files", "mqueue_inode_cache": "message queues",
    "filp": "open files", "files_cache": "tables of open files",
    "UNIX": "Unix sockets", "UNIX-STREAM": "Unix sockets", "TCP": "TCP sockets",
    "TCPv6": "TCP sockets", "UDP": "UDP sockets", "UDPv6": "UDP sockets", "RAW": "raw sockets",
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

  private static let instrumentation: KeyValuePairs = [
    "kmemleak_object": "kmemleak's records", "kmemleak_scan_area": "kmemleak's records",
  ]

  private static let kernel: KeyValuePairs = [
    "kernfs_node_cache": "files of sysfs and cgroups", "skbuff_head_cache": "network packets",
    "skbuff_fclone_cache": "network packets", "skbuff_small_head": "heads of network packets",
    "vmap_area": "areas of vmalloc", "radix_tree": "index nodes",
  ]
}
