/// Who allocated the objects of one slab cache: `alloc_traces`, and `free_traces` for who freed them.
///
/// Written by `mm/slub.c` to `/sys/kernel/debug/slab/<cache>/` since 5.14, for caches that record it
/// (SLAB_STORE_USER: `slab_debug=U`); root only. Stacks follow a line since 5.19. Before 5.14,
/// `alloc_calls` and `free_calls` in `/sys/kernel/slab/<cache>/` held the lines alone, one page of them.
package struct AllocTraces: Hashable, Sendable {
  /// The objects that one caller holds with one stack and one waste.
  package struct Trace: Hashable, Sendable {
    /// How many objects they are.
    package let count: UInt64
    /// The function that called the allocator; nothing for `<not-available>`, as at boot.
    package let caller: KmemleakFrame?
    /// Bytes that all of these objects have beyond what was asked for (6.1).
    package let waste: UInt64
    /// How long ago they were allocated, in jiffies; the youngest, the mean, the oldest.
    package let ages: [Int64]
    /// The first and the last id of the processes that ran then.
    package let processes: [Int64]
    /// The processors, as a list such as `0-3,8`; nothing on a machine with one.
    package let processors: String?
    /// The memory nodes, as a list; nothing on a machine with one.
    package let nodes: String?
    /// The whole stack, innermost first; none where the kernel prints callers alone.
    package fileprivate(set) var stack: [KmemleakFrame] = []
  }

  /// The traces in the file's order.
  package private(set) var traces: [Trace] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file; `No data` is valid.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension AllocTraces: ParsedText {
  /// The directory with one directory for each cache whose allocations are recorded.
  package static let directory = "sys/kernel/debug/slab"
}

extension AllocTraces.Trace {
  /// The stack, or the caller where there is no stack.
  package var frames: [KmemleakFrame] { stack.isEmpty ? caller.map { [$0] } ?? [] : stack }
}

extension AllocTraces {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var isKnown = false
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty else { continue }
      if let trace = Trace(line) {
        traces.append(trace)
      } else if line.equals("No data") {
        isKnown = true
      } else if !traces.isEmpty, let frame = KmemleakFrame(line, isSure: false) {
        traces[traces.count - 1].stack.append(frame)
      } else {
        remarks.note(line: lines.number, "no trace: it needs a count, a caller and an age")
      }
    }
    guard isKnown || !traces.isEmpty else {
      throw noLine(
        of: "a slab cache's traces", in: text,
        example: "2000 ext4_alloc_inode+0x1c/0x1b0 [ext4] age=125/137/151 pid=58 cpus=1")
    }
    noteCut(text.count)
  }

  /// A sysfs file ends at a page; SLUB stops some 200 bytes before, and says nothing.
  private mutating func noteCut(_ bytes: Int) {
    guard traces.allSatisfy(\.stack.isEmpty), (3600...4096).contains(bytes) else { return }
    remarks.note(line: 0, "as long as sysfs lets it be: callers may be missing at its end")
  }
}

extension AllocTraces.Trace {
  fileprivate init?(_ line: Span<UInt8>) {
    var words = Fields(line)
    guard let count = words.nextDecimal() else { return nil }
    let rest = words.rest
    guard let end = Self.endOfCaller(rest) else { return nil }
    let name = rest.extracting(0..<end).trimmed()
    let caller = KmemleakFrame(name, isSure: true)
    guard caller != nil || name.equals("<not-available>") else { return nil }
    let facts = Facts(rest.extracting(end..<rest.count))
    guard !facts.ages.isEmpty else { return nil }
    self.init(
      count: count, caller: caller, waste: facts.waste, ages: facts.ages,
      processes: facts.processes, processors: facts.processors, nodes: facts.nodes)
  }

  /// Where the caller ends: before the first `key=`.
  private static func endOfCaller(_ text: Span<UInt8>) -> Int? {
    text.offset(of: " waste=") ?? text.offset(of: " age=")
  }

  /// The `key=value` pairs behind the caller.
  private struct Facts {
    var waste: UInt64 = 0
    var ages: [Int64] = []
    var processes: [Int64] = []
    var processors: String?
    var nodes: String?

    init(_ text: Span<UInt8>) {
      var words = Fields(text)
      while let word = words.next() {
        let equals = word.offset(ofByte: UInt8(ascii: "="))
        guard equals < word.count else { continue }
        read(word.extracting(0..<equals), word.extracting((equals + 1)..<word.count))
      }
    }

    private mutating func read(_ key: Span<UInt8>, _ value: Span<UInt8>) {
      if key.equals("waste") {
        let end = value.offset(ofByte: UInt8(ascii: "/"))
        waste = value.extracting(0..<end).decimal ?? 0
      } else if key.equals("age") {
        ages = Self.numbers(value, separatedBy: UInt8(ascii: "/"))
      } else if key.equals("pid") {
        processes = Self.numbers(value, separatedBy: UInt8(ascii: "-"))
      } else if key.equals("cpus") {
        processors = value.text
      } else if key.equals("nodes") {
        nodes = value.text
      }
    }

    /// Up to three numbers; an odd one ends them.
    private static func numbers(_ text: Span<UInt8>, separatedBy separator: UInt8) -> [Int64] {
      var numbers: [Int64] = []
      var start = 0
      while start < text.count, numbers.count < 3 {
        let isNegative = text[start] == UInt8(ascii: "-")
        let end = text.offset(ofByte: separator, from: isNegative ? start + 1 : start)
        guard let number = text.extracting(start..<end).signedDecimal else { return numbers }
        numbers.append(number)
        start = end + 1
      }
      return numbers
    }
  }
}
