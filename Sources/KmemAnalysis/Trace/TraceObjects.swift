/// Functions whose objects belong to something whose side is known, whatever the cache is called.
enum TraceObjects {
  /// The side of the objects of a stack; nil where no function tells.
  ///
  /// A cache's name doesn't tell where it is one with others, and `reclaim_account` in /sys/kernel/slab is 0 for
  /// `lsm_inode_cache`, `jbd2_inode`, `kernfs_node_cache`'s inodes and others that belong to an inode or a
  /// directory entry and go with it.
  static func side(of frames: [LeakFrame]) -> MemorySide? {
    let names = frames.lazy.compactMap { $0.symbol.map(LeakFrame.withoutCompilerSuffix) }
    if names.contains(where: ofCaches.contains) { return .cache }
    return names.contains(where: ofFiles.contains) ? .heldForUserSpace : nil
  }

  /// What goes with an inode, a directory entry, a buffer: fs/inode.c, fs/dcache.c, fs/buffer.c,
  /// fs/jbd2/journal.c, fs/ext4/inode.c, fs/mbcache.c.
  private static let ofCaches: Set = [
    "alloc_inode", "__d_alloc", "alloc_buffer_head", "alloc_page_buffers", "folio_alloc_buffers",
    "jbd2_journal_add_journal_head", "ext4_inode_attach_jinode", "mb_cache_entry_create",
  ]

  /// What each open file has, the labels of security modules among it: fs/file_table.c.
  private static let ofFiles: Set = [
    "alloc_empty_file", "__alloc_file", "alloc_empty_backing_file",
  ]
}
