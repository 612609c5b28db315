/// The bytes in a page and how they were learnt: no file of the kernel's says it outright.
package struct PageSize: Hashable, Sendable {
  /// The bytes in a page.
  package let bytes: Int
  /// What told them.
  package let origin: Origin

  /// What tells the page size.
  package enum Origin: Hashable, Sendable {
    /// The manifest of a capture of ours.
    case manifest
    /// MemTotal over the zones' managed pages.
    case managed
    /// MemTotal over the zones' present pages.
    case present
    /// Hugepagesize over the pages of a block.
    case pageblock
    /// The size over the pages of a vmalloc area.
    case vmalloc
    /// The smallest block in a kernel log's lists of free blocks.
    case freeBlocks
    /// The smallest page size that holds every cache's slab.
    case slab
    /// Nothing tells it: the size that most kernels have.
    case assumed
  }

  /// A page size that was learnt in that way.
  package init(bytes: Int, origin: Origin) {
    self.bytes = bytes
    self.origin = origin
  }

  /// Page sizes that kernels are built with.
  static let possible = [4096, 8192, 16384, 65536, 262144]
}
