/// The table of `smem -w`: memory by area, with what of it is cache.
///
/// smem makes it of meminfo: its userspace is AnonPages and Mapped, of which the cache is Mapped; its
/// kernel dynamic memory is MemTotal less these and MemFree.
package struct SmemSystem: Hashable, Sendable, MeminfoForm {
  /// The amounts by their lines of meminfo, and what the kernel has that is no cache.
  package private(set) var lines: [MeminfoLine] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the table.
  ///
  /// - Throws: `ParseError` if no line is a row.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension SmemSystem: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/smem-w", words: "smem -w",
    example: "kernel dynamic memory       4376860    4195800     181060", title: "smem -w",
    marks: [
      TextMark(.unmistakable, within: "kernel dynamic memory"),
      TextMark(.unmistakable, within: "Cache   Noncache"),
    ], isLive: false)
}

extension SmemSystem {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var rows: [String: [PrintedAmount]] = [:]
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty, !line.starts(with: "Area "), line[0] != UInt8(ascii: "-") else {
        continue
      }
      guard let row = Self.row(line) else {
        if line.isCommand("smem") { continue }
        remarks.noteStray(line: lines.number, "no row of smem -w", line)
        continue
      }
      rows[row.name] = row.amounts
    }
    guard !rows.isEmpty else { throw Self.file.refusal(of: text) }
    take(rows)
  }

  private mutating func take(_ rows: [String: [PrintedAmount]]) {
    let kernel = rows["kernel dynamic memory"]
    let programs = rows["userspace memory"]
    let free = rows["free memory"]
    if let kernel, let programs, let free {
      lines.append(MeminfoLine(.memTotal, kernel[0].plus(programs[0]).plus(free[0])))
    }
    if let free { lines.append(MeminfoLine(.memFree, free[0])) }
    if let programs {
      lines.append(MeminfoLine(name: "Mapped", programs[1]))
      lines.append(MeminfoLine(.anonPages, programs[2]))
    }
    if let kernel {
      lines.append(MeminfoLine(name: "kernel cache", kernel[1]))
      lines.append(MeminfoLine(name: "kernel noncache", kernel[2]))
    }
  }

  /// A name of several words with three amounts behind it; KiB, or with a letter after `-k`.
  private static func row(_ line: Span<UInt8>) -> (name: String, amounts: [PrintedAmount])? {
    for area in Self.areas where line.starts(with: area) {
      var fields = Fields(line.extracting(area.utf8CodeUnitCount..<line.count))
      guard let used = fields.nextAmount(unit: 1024), let cache = fields.nextAmount(unit: 1024),
        let rest = fields.nextAmount(unit: 1024), fields.isAtEnd
      else { return nil }
      return ("\(area)", [used, cache, rest])
    }
    return nil
  }

  private static let areas: [StaticString] = [
    "firmware/hardware", "kernel image", "kernel dynamic memory", "userspace memory", "free memory",
  ]
}
