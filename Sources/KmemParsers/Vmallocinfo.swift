/// The areas of the kernel's virtual memory listed in `/proc/vmallocinfo`.
///
/// Written by `mm/vmalloc.c` since 2.6.28. Readable by root only. Only areas with `pages` are memory of
/// their own; the others map devices, or memory that belongs to someone else.
package struct Vmallocinfo: Hashable, Sendable {
  /// What an area is for.
  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let ioremap = Flags(rawValue: 1 << 0)
    package static let sparse = Flags(rawValue: 1 << 1)
    package static let vmalloc = Flags(rawValue: 1 << 2)
    package static let vmap = Flags(rawValue: 1 << 3)
    package static let user = Flags(rawValue: 1 << 4)
    package static let dmaCoherent = Flags(rawValue: 1 << 5)
    /// The array of page pointers is itself in vmalloc space.
    package static let vpages = Flags(rawValue: 1 << 6)
    /// Qualcomm's kernels: a part of the direct map, which is no allocation.
    package static let lowmem = Flags(rawValue: 1 << 7)
    package static let vmMapRam = Flags(rawValue: 1 << 8)
    /// Freed, and not yet taken out of the page tables.
    package static let unpurged = Flags(rawValue: 1 << 9)
  }

  /// How many of an area's pages are on a NUMA node.
  package struct NodePages: Hashable, Sendable {
    package let node: Int
    package let pages: UInt64
  }

  /// One line of the file.
  package struct Area: Hashable, Sendable {
    /// Where it begins, as printed: most kernels print a hash or zero, so this is no key.
    package let start: UInt64?
    package let end: UInt64?
    /// The size in bytes, with the guard page.
    package let size: UInt64
    /// The function that made the area, as `function+0x1/0x2`, or an address that has no symbol.
    package let caller: String?
    /// The module of the caller; nothing for the kernel itself.
    package let module: String?
    package let pages: UInt64?
    /// The physical address that it maps.
    package let physical: UInt64?
    package let flags: Flags
    /// The words whose meaning isn't known.
    package let others: [String]
    package let nodePages: [NodePages]
  }

  /// The areas in the file's order, which isn't that of addresses since 6.9.
  package private(set) var areas: [Area] = []
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Vmallocinfo {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      if let area = Area(line) {
        areas.append(area)
      } else {
        remarks.note(line: lines.number, "no area: it needs two addresses and a size")
      }
    }
    guard !areas.isEmpty else {
      throw noLine(
        of: "/proc/vmallocinfo", in: text,
        example: "0x…-0x… 20480 load_module+0x2f78/0x5850 pages=4 vmalloc")
    }
  }
}
