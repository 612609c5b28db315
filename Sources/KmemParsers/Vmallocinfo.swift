/// The areas of the kernel's virtual memory listed in `/proc/vmallocinfo`.
///
/// Written by `mm/vmalloc.c` since 2.6.28. Readable by root only. Only areas with `pages` are memory of
/// their own; the others map devices, or memory that belongs to someone else.
package struct Vmallocinfo: Hashable, Sendable {
  /// What an area is for.
  package struct Flags: OptionSet, Hashable, Sendable {
    /// One bit for each flag.
    package let rawValue: UInt16
    /// The flags whose bits are set.
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// A mapping of device memory.
    package static let ioremap = Flags(rawValue: 1 << 0)
    /// Address space that is mapped piece by piece (`VM_SPARSE`, 6.9).
    package static let sparse = Flags(rawValue: 1 << 1)
    /// Memory of `vmalloc` and its kin, which is RAM of its own.
    package static let vmalloc = Flags(rawValue: 1 << 2)
    /// A second mapping of pages that belong to somebody else.
    package static let vmap = Flags(rawValue: 1 << 3)
    /// An area that may be mapped into programs.
    package static let user = Flags(rawValue: 1 << 4)
    /// Memory for devices (`dma_alloc_coherent`).
    package static let dmaCoherent = Flags(rawValue: 1 << 5)
    /// The array of page pointers is itself in vmalloc space.
    package static let vpages = Flags(rawValue: 1 << 6)
    /// Qualcomm's kernels: a part of the direct map, which is no allocation.
    package static let lowmem = Flags(rawValue: 1 << 7)
    /// A short-lived mapping by `vm_map_ram`.
    package static let vmMapRam = Flags(rawValue: 1 << 8)
    /// Freed, and not yet taken out of the page tables.
    package static let unpurged = Flags(rawValue: 1 << 9)
  }

  /// How many of an area's pages are on a NUMA node.
  package struct NodePages: Hashable, Sendable {
    /// The number of the NUMA node.
    package let node: Int
    /// How many pages are on it.
    package let pages: UInt64
  }

  /// One line of the file.
  package struct Area: Hashable, Sendable {
    /// Where it begins, as printed: most kernels print a hash or zero, so this is no key.
    package let start: UInt64?
    /// The address behind its end, printed as `start` is.
    package let end: UInt64?
    /// The size in bytes, with the guard page.
    package let size: UInt64
    /// The function that made the area, as `function+0x1/0x2`, or an address that has no symbol.
    package let caller: String?
    /// The module of the caller; nothing for the kernel itself.
    package let module: String?
    /// The pages of RAM; nothing for an area that has none of its own.
    package let pages: UInt64?
    /// The physical address that it maps.
    package let physical: UInt64?
    /// What the area is for.
    package let flags: Flags
    /// The words whose meaning isn't known.
    package let others: [String]
    /// The pages by NUMA node, where the kernel prints them.
    package let nodePages: [NodePages]
  }

  /// The areas in the file's order, which isn't that of addresses since 6.9.
  package private(set) var areas: [Area] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Vmallocinfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/vmallocinfo", example: "0x…-0x… 20480 load_module+0x2f78/0x5850 pages=4 vmalloc",
    nameWord: "vmallocinfo",
    marks: [
      TextMark(.typical, within: " vmalloc N0="), TextMark(.typical, within: " pages=1 vmalloc"),
      TextMark(.typical, within: " ioremap"),
    ], secrets: .addresses, cost: .locks, limit: 32 << 20)
}

extension Vmallocinfo {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    // A line has 100 bytes or so: room that isn't used costs nothing, and to grow took a fifth.
    areas.reserveCapacity(text.count / 80)
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
      throw Self.file.refusal(of: text)
    }
  }
}

extension Vmallocinfo {
  /// An area of which the kernel says what it is for.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    guard line.starts(with: "0x"), let area = Area(line) else { return nil }
    return area.pages != nil || !area.flags.isEmpty ? .row : nil
  }

  /// Any other area.
  package static func holds(_ line: Span<UInt8>) -> Bool? { Area(line) != nil }

  /// Each area is listed once, by its addresses.
  package static var recurrence: RowRecurrence { .tells }
}
