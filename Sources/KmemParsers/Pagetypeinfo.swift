/// The free pages of each zone by migrate type and order, listed in `/proc/pagetypeinfo`.
///
/// Written by `mm/vmstat.c` since 2.6.24. Readable by root only since 5.4 (earlier in some stable
/// releases). Reading it holds the zone lock. The types and their order depend on the release and on
/// `CONFIG_CMA` and `CONFIG_MEMORY_ISOLATION`; the header lines name them.
package struct Pagetypeinfo: Hashable, Sendable {
  /// A number of free blocks.
  package struct Count: Hashable, Sendable {
    /// The number of blocks.
    package let value: UInt64
    /// Whether it was printed as `>100000`: kernels since 5.4 stop counting there.
    package let isAtLeast: Bool
  }

  /// The free blocks of one migrate type in one zone.
  package struct FreeRow: Hashable, Sendable {
    /// The number of the NUMA node.
    package let node: Int
    /// The zone's name, such as `Normal`.
    package let zone: String
    /// The migrate type, such as `Unmovable`.
    package let type: String
    /// The free blocks of 2^order pages; the index is the order.
    package let counts: [Count]
  }

  /// A migrate type and its number of page blocks.
  package struct Counter: Hashable, Sendable {
    /// The migrate type.
    package let name: String
    /// The number of blocks.
    package let value: UInt64
  }

  /// The page blocks of one zone by migrate type.
  package struct BlockRow: Hashable, Sendable {
    /// The number of the NUMA node.
    package let node: Int
    /// The zone's name, such as `Normal`.
    package let zone: String
    /// The migrate types in the order of the header.
    package let blocks: [Counter]
  }

  /// The order of a page block, as printed.
  package internal(set) var pageBlockOrder: Int?
  /// The pages of a page block, as printed.
  package internal(set) var pagesPerBlock: UInt64?
  /// The rows under `Free pages count per migrate type at order`.
  package internal(set) var freeRows: [FreeRow] = []
  /// The rows under `Number of blocks type`.
  package internal(set) var blockRows: [BlockRow] = []
  /// The rows under `Number of mixed blocks`: only with page_owner switched on, since 3.19.
  package internal(set) var mixedBlockRows: [BlockRow] = []
  /// The lines that were passed over, with the reason.
  package internal(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    if let mended = spacesForNoBreakSpaces(in: text) {
      try self.init(parsingClean: mended.span)
    } else {
      try self.init(parsingClean: text)
    }
  }
}

extension Pagetypeinfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/pagetypeinfo", example: "Pages per block:  512", nameWord: "pagetypeinfo",
    marks: [
      TextMark(.unmistakable, within: "Free pages count per migrate type"),
      TextMark(.unmistakable, within: "Number of blocks type"),
    ], cost: .locks, reasonToAsk: "the kernel holds the zone lock while it prints this file")
}
