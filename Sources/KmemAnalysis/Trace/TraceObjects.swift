/// Functions whose objects are given back when memory runs short, though their cache isn't counted so.
///
/// `reclaim_account` in /sys/kernel/slab is 0 for `lsm_inode_cache`, `jbd2_inode`, `kernfs_node_cache`'s
/// inodes and others that belong to an inode or a directory entry and go with it.
enum TraceObjects {
  /// Whether the objects of a stack belong to something reclaimable.
  static func areReclaimable(_ frames: [LeakFrame]) -> Bool {
    frames.contains { frame in
      frame.symbol.map { owners.contains(LeakFrame.withoutCompilerSuffix($0)) } ?? false
    }
  }

  /// Of fs/inode.c, fs/dcache.c, fs/buffer.c, fs/jbd2/journal.c, fs/ext4/inode.c, fs/mbcache.c.
  private static let owners: Set = [
    "alloc_inode", "__d_alloc", "alloc_buffer_head", "alloc_page_buffers", "folio_alloc_buffers",
    "jbd2_journal_add_journal_head", "ext4_inode_attach_jinode", "mb_cache_entry_create",
  ]
}
