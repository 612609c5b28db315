/// The allocated blocks of pages listed in `/sys/kernel/debug/page_owner`, summed by their stacks.
///
/// Written by `mm/page_owner.c` with `CONFIG_PAGE_OWNER` and `page_owner=on`; root only. It has a
/// record for each block, gigabytes on a large machine: `PageOwnerReader` takes it in pieces. What
/// `page_owner_sort` (tools/mm) makes of it is read too: records with how often they occur.
package struct PageOwner: Hashable, Sendable {
  /// The stacks with the pages that each of them holds.
  package let stacks: PageOwnerStacks
  /// How many blocks are listed.
  package let blocks: UInt64
  /// What was passed over or mended.
  package var remarks: [Remark] { stacks.remarks }

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if there is no record in it.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text) { text throws(ParseError) in
      var reader = PageOwnerReader()
      reader.read(text)
      let sums = reader.finish()
      guard reader.blocks > 0 else {
        throw Self.file.refusal(of: text)
      }
      return PageOwner(stacks: sums, blocks: reader.blocks)
    }
  }

  private init(stacks: PageOwnerStacks, blocks: UInt64) {
    self.stacks = stacks
    self.blocks = blocks
  }
}

extension PageOwner: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "sys/kernel/debug/page_owner", words: "page_owner",
    example: "Page allocated via order 0, mask 0x…", title: "page_owner",
    names: ["page_owner"], marks: [TextMark(.unmistakable, line: "Page allocated via order ")],
    secrets: .stacks, isLive: false, limit: 256 << 20)
}

/// Sums a `page_owner` text by stack while it comes in, and keeps each distinct stack once.
package struct PageOwnerReader {
  /// What one stack holds.
  private struct Sum {
    var pages: UInt64 = 0
    var blocks: UInt64 = 0
  }

  private var sums: [Sum] = []
  /// The stacks' places in `sums`, by their lines as printed.
  private var places: [[UInt8]: Int] = [:]
  private var order: UInt64?
  /// What a record of `page_owner_sort` stands for: how many blocks, and their pages since 5.18.
  private var group: (blocks: UInt64, pages: UInt64?)?
  private var stack: [UInt8] = []
  /// The beginning of a line whose end is in the next piece.
  private var rest: [UInt8] = []
  /// How many allocations were read, whatever their order.
  package private(set) var blocks: UInt64 = 0
  private var odd = 0

  /// A reader that has read nothing yet.
  package init() {}

  /// Takes the next piece of the text, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>) {
    var start = 0
    while start < piece.count {
      let end = piece.offset(ofByte: Ascii.newline, from: start)
      let part = piece.extracting(start..<end)
      if end == piece.count || !rest.isEmpty {
        // No line of it is longer than a page; one that is can't be the kernel's.
        if rest.count < 1 << 14 { for index in part.indices { rest.append(part[index]) } }
        guard end < piece.count else { return }
        let line = rest
        rest.removeAll(keepingCapacity: true)
        readLine(line.span)
      } else {
        readLine(part)
      }
      start = end + 1
    }
  }

  private mutating func readLine(_ line: Span<UInt8>) {
    if let group = Self.group(line) {
      endRecord()
      self.group = group
    } else if line.starts(with: "Page allocated via order ") {
      if group == nil || order != nil || !stack.isEmpty { endRecord() }
      order = Self.order(line.extracting(25..<line.count))
      if order == nil { odd += 1 }
    } else if line.trimmed().isEmpty || line.trimmed().equals("\r") {
      endRecord()
    } else if order != nil || group?.pages != nil, Ascii.isBlank(line[0]) {
      let frame = line.trimmed()
      for index in frame.indices where frame[index] != Ascii.carriageReturn {
        stack.append(frame[index])
      }
      stack.append(Ascii.newline)
    }
  }

  /// The digits before the comma; orders above 20 are no kernel's.
  private static func order(_ text: Span<UInt8>) -> UInt64? {
    let end = text.offset(ofByte: Ascii.comma)
    guard end < text.count, let order = text.extracting(0..<end).decimal, order <= 20 else {
      return nil
    }
    return order
  }

  /// Reads `699487 times:`, since 5.18 `14 times, 28 pages:`, with more behind it.
  private static func group(_ line: Span<UInt8>) -> (blocks: UInt64, pages: UInt64?)? {
    guard !line.isEmpty, Ascii.isDigit(line[0]) else { return nil }
    var words = Fields(line)
    guard let times = words.nextDecimal(), times < 1 << 40, let word = words.next() else {
      return nil
    }
    if word.starts(with: "times:") { return (times, nil) }
    guard word.equals("times,"), let pages = words.nextDecimal(), pages < 1 << 40,
      words.next()?.starts(with: "pages") ?? false
    else { return nil }
    return (times, pages)
  }

  private mutating func endRecord() {
    defer {
      order = nil
      group = nil
      stack.removeAll(keepingCapacity: true)
    }
    let times = group?.blocks ?? 1
    guard let pages = group?.pages ?? order.map({ times << $0 }) else { return }
    blocks &+= times
    let place = places[stack] ?? sums.count
    if place == sums.count {
      places[stack] = place
      sums.append(Sum())
    }
    sums[place].pages &+= pages
    sums[place].blocks &+= times
  }

  /// The sums, once the text has ended.
  package mutating func finish() -> PageOwnerStacks {
    endText()
    var result = PageOwnerStacks()
    for (lines, place) in places.sorted(by: { $0.value < $1.value }) {
      let sum = sums[place]
      result.stacks.append(
        PageOwnerStacks.Stack(
          frames: Self.frames(lines.span), pages: sum.pages, allocations: sum.blocks))
    }
    if odd > 0 { result.remarks.note(line: 0, "\(odd) records have no order that is possible") }
    return result
  }

  /// The sums as `show_stacks` prints them, with the frames byte for byte.
  package mutating func text() -> [UInt8] {
    endText()
    var text: [UInt8] = []
    for (lines, place) in places.sorted(by: { $0.value < $1.value }) {
      for line in lines.split(separator: Ascii.newline) {
        text.append(Ascii.space)
        text += line
        text.append(Ascii.newline)
      }
      text += Array("nr_base_pages: \(sums[place].pages)\n\n".utf8)
    }
    return text
  }

  private mutating func endText() {
    if !rest.isEmpty {
      let line = rest
      rest = []
      readLine(line.span)
    }
    endRecord()
  }

  private static func frames(_ text: Span<UInt8>) -> [KmemleakFrame] {
    var frames: [KmemleakFrame] = []
    var lines = Lines(text)
    while let line = lines.next() {
      // Kernels before 4.11 print the address in brackets before the function.
      let end = line.starts(with: "[<") ? line.offset(of: ">] ").map { $0 + 3 } ?? 0 : 0
      let text = line.extracting(end..<line.count)
      if let frame = KmemleakFrame(text, isSure: true) { frames.append(frame) }
    }
    return frames
  }
}
