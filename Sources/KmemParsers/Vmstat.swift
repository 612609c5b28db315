/// The counters listed in `/proc/vmstat` and, per node, in `/sys/devices/system/node/node*/vmstat`.
///
/// Written by `mm/vmstat.c` (`vmstat_show`) and `drivers/base/node.c`. Readable by everyone. Which
/// names there are differs in nearly every release. Most values are pages; `pgpgin` and `pgpgout`
/// are KiB, `nr_kernel_stack` is KiB (stacks up to 4.7), counters of huge pages count huge pages.
package struct Vmstat: Hashable, Sendable {
  /// One line of the file.
  package struct Entry: Hashable, Sendable {
    /// The counter's name; empty for the row that 4.17 to 4.19 print without one, see `entries`.
    package let name: String
    /// The value as printed; a gauge that fell below zero in the kernel shows as 2^64 − n.
    package let value: UInt64
  }

  /// The lines in the file's order; a name that occurs again stays where it was, with its first value.
  ///
  /// The per-node file of 4.17 to 4.19 (and so of every RHEL 8 kernel) has one row without a name:
  /// the hidden `nr_indirectly_reclaimable`, in bytes. It's kept with an empty name.
  package private(set) var entries: [Entry] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []
  private var positions: [String: Int] = [:]

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

  /// The value of the counter of that name, if the kernel printed it.
  package subscript(name: String) -> UInt64? { positions[name].map { entries[$0].value } }
}

extension Vmstat: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/vmstat", example: "nr_free_pages 1234", nameWord: "vmstat",
    marks: [TextMark(.usual, line: "nr_free_pages "), TextMark(.usual, line: "pgpgin ")])
}

extension Vmstat {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      switch Line(line) {
      case .entry(let entry): add(entry, line: lines.number)
      case .odd(let reason): remarks.note(line: lines.number, reason)
      }
    }
    guard entries.contains(where: { !$0.name.isEmpty }) else {
      throw Self.file.refusal(of: text)
    }
  }

  private mutating func add(_ entry: Entry, line: Int) {
    guard positions[entry.name] == nil else {
      return remarks.note(line: line, "\(entry.name) occurs again; the first one counts")
    }
    positions[entry.name] = entries.count
    entries.append(entry)
  }

  /// What a line of the file turns out to be.
  private enum Line {
    case entry(Entry)
    case odd(String)

    init(_ line: Span<UInt8>) {
      var fields = Fields(line)
      guard let name = fields.next() else {
        self = .odd("the line is empty")
        return
      }
      guard let number = fields.next() else {
        self = Self.alone(name)
        return
      }
      guard fields.next() == nil, name.isCounterName else {
        self = .odd("no line of this file: it isn't one name and one number")
        return
      }
      guard let value = number.decimal else {
        self = .odd("\(name.text) has a value that isn't a 64-bit number")
        return
      }
      self = .entry(Entry(name: name.text, value: value))
    }

    /// A line of one field: the row without a name, or a name whose value is missing.
    private static func alone(_ field: Span<UInt8>) -> Line {
      if let value = field.decimal { return .entry(Entry(name: "", value: value)) }
      return .odd("the line has only one field, and it isn't a number")
    }
  }
}
