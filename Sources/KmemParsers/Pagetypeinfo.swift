/// The free pages of each zone by migrate type and order, listed in `/proc/pagetypeinfo`.
///
/// Written by `mm/vmstat.c` since 2.6.24. Readable by root only since 5.4 (earlier in some stable
/// releases). Reading it holds the zone lock. The types and their order depend on the release and on
/// `CONFIG_CMA` and `CONFIG_MEMORY_ISOLATION`; the header lines name them.
package struct Pagetypeinfo: Hashable, Sendable {
  /// A number of free blocks.
  package struct Count: Hashable, Sendable {
    package let value: UInt64
    /// Whether it was printed as `>100000`: kernels since 5.4 stop counting there.
    package let isAtLeast: Bool
  }

  /// The free blocks of one migrate type in one zone.
  package struct FreeRow: Hashable, Sendable {
    package let node: Int
    package let zone: String
    package let type: String
    /// The free blocks of 2^order pages; the index is the order.
    package let counts: [Count]
  }

  /// A migrate type and its number of page blocks.
  package struct Counter: Hashable, Sendable {
    package let name: String
    package let value: UInt64
  }

  /// The page blocks of one zone by migrate type.
  package struct BlockRow: Hashable, Sendable {
    package let node: Int
    package let zone: String
    package let blocks: [Counter]
  }

  /// The order of a page block, as printed.
  package internal(set) var pageBlockOrder: Int?
  package internal(set) var pagesPerBlock: UInt64?
  package internal(set) var freeRows: [FreeRow] = []
  /// The rows under `Number of blocks type`.
  package internal(set) var blockRows: [BlockRow] = []
  /// The rows under `Number of mixed blocks`: only with page_owner switched on, since 3.19.
  package internal(set) var mixedBlockRows: [BlockRow] = []
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
