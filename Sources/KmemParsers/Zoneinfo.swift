/// The zones of physical memory listed in `/proc/zoneinfo`.
///
/// Written by `mm/vmstat.c` (`mm/page_alloc.c` up to 2.6.17) since 2.6.13. Readable by everyone.
/// All amounts are pages unless a counter's name says otherwise. Up to 4.11 only populated zones are
/// listed; since 4.12 the others are listed without counters.
package struct Zoneinfo: Hashable, Sendable {
  /// A name and a number.
  package struct Counter: Hashable, Sendable {
    /// The name; empty for the row that 4.17 to 4.19 print without one (see `nodeCounters`).
    package let name: String
    /// The value as printed; a gauge that fell below zero in the kernel shows as 2^64 − n.
    package let value: UInt64
  }

  /// The zones in the file's order.
  package internal(set) var zones: [Zone] = []
  /// The statistics of each node, by node, printed since 4.8.
  ///
  /// The kernel prints them within the first populated zone of the node, but they are the node's.
  /// In 4.17 to 4.19 the last one has no name: `nr_indirectly_reclaimable`, in bytes. Counters of
  /// huge pages count huge pages; `nr_kernel_stack` is KiB; many others are counts of events.
  package internal(set) var nodeCounters: [Int: [Counter]] = [:]
  /// The lines that were passed over, with the reason.
  package internal(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text begins a zone.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    if let mended = spacesForNoBreakSpaces(in: text) {
      try self.init(parsingClean: mended.span)
    } else {
      try self.init(parsingClean: text)
    }
  }
}

extension Zoneinfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/zoneinfo", example: "Node 0, zone   Normal", nameWord: "zoneinfo",
    marks: [TextMark(.typical, within: "  pages free ")], limit: 16 << 20)
}
