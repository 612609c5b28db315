/// The mappings of one process, listed in `/proc/PID/smaps`; their sums in `smaps_rollup`.
///
/// Written by `fs/proc/task_mmu.c` (2.6.14; CONFIG_PROC_PAGE_MONITOR; `smaps_rollup` 4.14). The
/// owner and who may trace the process can read it. `kB` means KiB. A kernel thread's file is empty.
package struct Smaps: Hashable, Sendable {
  /// One mapping: its line as in `/proc/PID/maps`, and what of it is in memory.
  package struct Mapping: Hashable, Sendable {
    /// The first address and the one after the last.
    package let start: UInt64
    /// The address behind its end.
    package let end: UInt64
    /// `rwx` and `p` for private or `s` for shared, with `-` for what isn't allowed.
    package let permissions: String
    /// Where in the file the mapping begins, in bytes.
    package let offset: UInt64
    /// The file's device as `major:minor`, in hexadecimal.
    package let device: String
    /// 0 where no file is mapped.
    package let inode: UInt64
    /// A path, maybe with ` (deleted)`; or a name such as `[heap]`; empty for plain memory.
    ///
    /// A newline in a path is printed as `\012`.
    package internal(set) var path: String
    /// The amounts of the lines below the header.
    package internal(set) var amounts = SmapsAmounts()
    /// The words of `VmFlags` (3.8), two letters each, such as `rd wr mr mw`; nothing without the line.
    package internal(set) var flags: String?
  }

  /// The mappings by address; in `smaps_rollup` one that stands for all.
  package private(set) var mappings: [Mapping] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of either file.
  ///
  /// - Throws: `ParseError` if the text isn't empty and no line of it is one of these files'.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }

  /// The sums of `smaps_rollup`; nothing if the text is that of a kernel thread or isn't a rollup.
  package var rollup: SmapsAmounts? {
    guard let only = mappings.first, mappings.count == 1, only.path == "[rollup]" else {
      return nil
    }
    return only.amounts
  }
}

extension Smaps {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var reader = SmapsReader()
    var found: [Mapping] = []
    var lines = Lines(text)
    while let line = lines.next() { reader.take(line) { found.append($0) } }
    reader.finish { found.append($0) }
    mappings = found
    remarks = reader.remarks
    guard !found.isEmpty || reader.isBlank else {
      throw noLine(
        of: "/proc/PID/smaps", in: text,
        example: "00400000-0040b000 r-xp 00000000 08:01 42 /bin/cat")
    }
  }
}

extension Smaps.Mapping {
  /// The header of a mapping, if the line is one.
  init?(header line: Span<UInt8>) {
    var fields = Fields(line)
    guard let range = fields.next(), let dash = range.offset(of: "-"),
      let start = range.extracting(0..<dash).hexadecimal,
      let end = range.extracting((dash + 1)..<range.count).hexadecimal, end >= start,
      let permissions = fields.next(), permissions.count == 4,
      let offset = fields.next()?.hexadecimal, let device = fields.next(),
      device.offset(of: ":") != nil, let inode = fields.nextDecimal()
    else { return nil }
    self.init(
      start: start, end: end, permissions: permissions.text, offset: offset, device: device.text,
      inode: inode, path: fields.rest.text)
  }
}
