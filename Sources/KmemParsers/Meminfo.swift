/// The amounts listed in `/proc/meminfo`.
///
/// Written by `fs/proc/meminfo.c` (`fs/proc/proc_misc.c` up to 2.6.27). Readable by everyone.
/// `kB` in this file means KiB.
package struct Meminfo: Hashable, Sendable {
  /// One line of the file.
  package struct Entry: Hashable, Sendable {
    /// The name before the colon, without the node that files of nodes put before it.
    package let name: String
    /// The number as printed; one that fell below zero in the kernel shows as 2^64 − n.
    package let value: UInt64
    /// Whether the line ends in `kB`; the `HugePages_` lines are counts and have no unit.
    package let isKilobytes: Bool
    /// The most by which the amount may be wrong, in bytes: what a tool's rounding hides; the kernel
    /// rounds nothing.
    package var error: Int64 = 0
  }

  /// The lines in the file's order; a name that occurs again stays where it was, with its first value.
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

  init(entries: [Entry], remarks: [Remark]) {
    self.entries = entries
    self.remarks = remarks
    for (position, entry) in entries.enumerated() { positions[entry.name] = position }
  }

  /// The entry of that name, if the kernel printed it.
  package subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }
}

extension Meminfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/meminfo", example: "MemFree:", nameWord: "meminfo",
    marks: [TextMark(.usual, line: "MemTotal:"), TextMark(.usual, line: "MemFree:")]
      + [TextMark(.usual, line: "Node 0 MemTotal:"), TextMark(.usual, line: "Node 0 MemFree:")]
      // Lines that people pick out by grep; other files have none of these at the start of a line.
      + [
        Key.memAvailable, .slab, .sUnreclaim, .sReclaimable, .anonPages, .pageTables, .kernelStack,
        .vmallocUsed, .percpu, .shmem, .cached, .buffers,
      ].map { TextMark(.weak, line: $0.rawValue + ":") })

  /// The file that a node has of its own.
  package static func path(ofNode node: Int) -> String { "\(nodePrefix)\(node)/meminfo" }

  /// What the directories of all nodes begin with.
  package static let nodePrefix = "sys/devices/system/node/node"
}

extension Meminfo.Entry {
  /// The amount in bytes; nothing for a count, or for a number that went below zero in the kernel.
  ///
  /// Counters that some kernels let drop below zero show as 2^64 − n.
  package var bytes: Int64? {
    guard isKilobytes, let value = Int64(exactly: value) else { return nil }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
    return overflow ? nil : bytes
  }
}

extension Meminfo {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var nodes: [Int: Meminfo] = [:]
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      switch Line(line) {
      case .entry(let entry): add(entry, line: lines.number)
      case .ofNode(let node, _) where nodes[node] == nil && nodes.count >= Self.mostNodes:
        remarks.note(line: lines.number, "no kernel has so many nodes")
      case .ofNode(let node, let entry):
        nodes[node, default: Meminfo(entries: [], remarks: [])].add(entry, line: lines.number)
      case .byteTable: continue
      // The prompt above a pasted file has a colon too.
      case .odd where line.isCommand("meminfo"): continue
      case .odd(let reason): remarks.note(line: lines.number, reason)
      }
    }
    take(nodes)
    guard !entries.isEmpty else { throw Self.file.refusal(of: text) }
  }

  /// `MAX_NUMNODES` of all kernels: 2^10 (`include/linux/numa.h`).
  private static let mostNodes = 1024

  /// Takes the sums of what the nodes have, where the text has no lines of the machine's own.
  private mutating func take(_ nodes: [Int: Meminfo]) {
    let ordered = nodes.sorted { $0.key < $1.key }.map(\.value)
    guard !ordered.isEmpty else { return }
    guard entries.isEmpty else {
      remarks.note(line: 0, "lines of nodes stand beside those of the machine, which count")
      return
    }
    guard let sum = Meminfo(nodes: ordered) else { return }
    let odd = remarks
    self = sum
    remarks = odd + sum.remarks
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
    /// A line of one NUMA node: `Node 0 MemTotal:`.
    case ofNode(Int, Entry)
    /// The table of bytes that 2.4 kernels (and some router firmware) print before the other lines.
    case byteTable
    case odd(String)

    init(_ line: Span<UInt8>) {
      guard let colon = line.offset(of: ":"), colon > 0 else {
        self = .odd("no line of this file: it has no name that ends in a colon")
        return
      }
      let name = Self.name(line.extracting(0..<colon))
      let node = Self.node(line.extracting(0..<colon).trimmed())
      guard !name.isEmpty, name.offsetOfBlank(from: 0) == name.count else {
        self = .odd("no line of this file: what stands before the colon isn't one word")
        return
      }
      var fields = Fields(line.extracting((colon + 1)..<line.count))
      guard let number = fields.next() else {
        self = .odd("\(name.text) has no value")
        return
      }
      let unit = fields.next()?.text
      if name.equals("total") || (unit?.first?.isNumber ?? false) {
        self = .byteTable
      } else if let value = number.decimal, unit == nil || unit == "kB" {
        let entry = Entry(name: name.text, value: value, isKilobytes: unit == "kB")
        self = node.map { .ofNode($0, entry) } ?? .entry(entry)
      } else {
        self = .odd("\(name.text) has a value that isn't a 64-bit number of kB")
      }
    }

    /// The node of a line that files of nodes have, from the `Node 0` before its name.
    private static func node(_ field: Span<UInt8>) -> Int? {
      guard field.starts(with: "Node ") else { return nil }
      var words = Fields(field)
      _ = words.next()
      return words.nextDecimal().flatMap(Int.init(exactly:)) ?? 0
    }

    /// The name, without the `Node 0` that the per-node files put before it.
    @_lifetime(copy field)
    private static func name(_ field: Span<UInt8>) -> Span<UInt8> {
      let field = field.trimmed()
      guard field.starts(with: "Node ") else { return field }
      var words = Fields(field)
      _ = words.next()
      _ = words.next()
      return words.rest
    }
  }
}

extension Meminfo {
  /// The names that hardly any other text has before a colon and an amount in kB.
  ///
  /// Those that files of processes have too, such as AnonHugePages and in some kernels Writeback, are not
  /// among them.
  private static let distinctive: Set<String> = [
    "MemFree", "MemAvailable", "Buffers", "Cached", "SwapCached", "Active", "Inactive",
    "Active(anon)", "Inactive(anon)", "Active(file)", "Inactive(file)", "Unevictable", "Mlocked",
    "HighTotal", "HighFree", "LowTotal", "LowFree", "SwapTotal", "SwapFree",
    "AnonPages", "KReclaimable", "Slab", "SReclaimable", "SUnreclaim", "KernelStack", "PageTables",
    "SecPageTables", "NFS_Unstable", "WritebackTmp", "CommitLimit", "Committed_AS", "VmallocTotal",
    "VmallocUsed", "VmallocChunk", "Percpu", "HardwareCorrupted", "CmaTotal", "HugePages_Total",
    "HugePages_Free", "HugePages_Rsvd", "HugePages_Surp", "Hugepagesize", "DirectMap4k",
    "DirectMap2M", "DirectMap1G",
  ]

  /// The first line, or one with a name that tells.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    guard !line.starts(with: "Node "), case .entry(let entry) = Line(line) else { return nil }
    if entry.name == "MemTotal" { return .first }
    guard distinctive.contains(entry.name) else { return nil }
    return entry.isKilobytes != entry.name.hasPrefix("HugePages_") ? .row : nil
  }

  /// A name and an amount in kB, or the table of bytes.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    switch Line(line) {
    case .entry(let entry): entry.isKilobytes
    case .byteTable: true
    default: false
    }
  }

  /// Each name is listed once.
  package static var recurrence: RowRecurrence { .tells }
}
