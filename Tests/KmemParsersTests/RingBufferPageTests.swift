import KmemTestSupport
import Testing

@testable import KmemParsers

/// Pages of 4096 bytes as Linux 6.18 wrote them, with the formats of that kernel.
@Suite struct RingBufferPageTests {
  private let page = 4096

  private func format(_ name: String) throws -> EventFormat {
    let text = try Fixture.bytes("tracefs/6.18/\(name)")
    return try EventFormat(parsing: text.span)
  }

  private func layout() throws -> RingBufferPage.Layout {
    try #require(RingBufferPage.Layout(try format("header_page")))
  }

  private func decoder() throws -> AllocationEvents {
    var events = AllocationEvents()
    let sources: [(String, AllocationEvents.Source)] = [
      ("kmalloc", .allocation(.kmalloc)), ("kmem_cache_alloc", .allocation(.cache)),
      ("mm_page_alloc", .allocation(.pages)), ("kfree", .free(.kmalloc)),
      ("kmem_cache_free", .free(.cache)), ("kernel_stack", .stack),
    ]
    for (name, source) in sources {
      let isAdded = events.add(source, try format("\(name).format"))
      #expect(isAdded, "\(name)")
    }
    return events
  }

  private func events(_ bytes: [UInt8]) throws -> [(time: UInt64, event: AllocationEvent)] {
    let (layout, decoder) = (try layout(), try decoder())
    var events: [(time: UInt64, event: AllocationEvent)] = []
    for start in stride(from: 0, to: bytes.count, by: page) {
      let part = Array(bytes[start..<min(start + page, bytes.count)])
      let outcome = RingBufferPage.read(part.span, layout) { time, range in
        if let event = decoder.event(part.span, range) { events.append((time, event)) }
      }
      #expect(!outcome.isDamaged)
      #expect(outcome.lost == 0)
    }
    return events
  }

  @Test func `captured pages hold the events that another reader counts in them`() throws {
    let events = try events(try Fixture.bytes("tracefs/6.18/pages"))
    var (kinds, frees, stacks): ([TraceRecord.Kind: Int], Int, [[UInt64]]) = ([:], 0, [])
    for (_, event) in events {
      switch event {
      case .allocated(let allocation, _): kinds[allocation.kind, default: 0] += 1
      case .freed: frees += 1
      case .stack(let frames, _): stacks.append(frames)
      case .handedOver: Issue.record("there are no probes")
      }
    }
    #expect(kinds == [.kmalloc: 2, .cache: 30, .pages: 5])
    #expect(frees == 16)
    #expect(stacks.count == 40)
    #expect(stacks.first?.count == 11)
    #expect(stacks.first?.last == 0xffff_ffff_8100_0130)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
  }

  @Test func `an event has its address, size, caller and time`() throws {
    let events = try events(try Fixture.bytes("tracefs/6.18/pages"))
    let first = events.first { event in
      if case .allocated(let allocation, _) = event.event { return allocation.kind == .kmalloc }
      return false
    }
    guard case .allocated(let allocation, _)? = first?.event else {
      Issue.record("there is no kmalloc")
      return
    }
    #expect(first?.time == 85_079_005_417_761)
    #expect(allocation.address == 0xffff_8881_1997_02a0)
    #expect(allocation.size == 96)
    #expect(allocation.caller == 0xffff_ffff_8170_5900)
    #expect(allocation.cache == nil)
  }

  @Test func `names of caches are read where the event tells them`() throws {
    let names = try events(try Fixture.bytes("tracefs/6.18/pages")).compactMap { event -> String? in
      guard case .allocated(let allocation, _) = event.event else { return nil }
      return allocation.cache
    }
    #expect(names.count == 30)
    #expect(names.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (33...126).contains($0) } })
  }

  @Test func `lost events are counted, by the kernel's number where it's there`() throws {
    let layout = try layout()
    func page(_ commit: UInt64, _ rest: [UInt8]) -> [UInt8] {
      bytes(1) + bytes(commit) + rest
    }
    let told = page(1 << 31 | 1 << 30, bytes(17))
    let untold = page(1 << 31, [])
    #expect(RingBufferPage.read(told.span, layout) { _, _ in }.lost == 17)
    #expect(RingBufferPage.read(untold.span, layout) { _, _ in }.lost == 1)
  }

  @Test func `times that no header can hold are put together`() throws {
    // An extension of 2^27 ns, then a record of four bytes one nanosecond later.
    let records: [UInt8] = word(30) + word(1) + word(1 << 5 | 1) + word(7)
    let page = bytes(1000) + bytes(UInt64(records.count)) + records
    var times: [UInt64] = []
    let outcome = RingBufferPage.read(page.span, try layout()) { time, _ in times.append(time) }
    #expect(times == [1000 + 1 << 27 + 1])
    #expect(outcome.records == 1)
  }

  @Test(
    arguments: [
      ("longer than the page", [28, 0, 0, 0]), ("no length", [0, 0, 0, 0, 0, 0, 0, 0]),
      ("cut in its header", [1, 0]), ("a discarded record without a length", [61, 0, 0, 0]),
    ] as [(name: String, record: [UInt8])])
  func `a record that doesn't fit ends a page, which is told`(name: String, record: [UInt8]) throws
  {
    let page = bytes(1) + bytes(UInt64(record.count)) + record
    let outcome = RingBufferPage.read(page.span, try layout()) { _, _ in
      Issue.record("\(name) is a record")
    }
    #expect(outcome.isDamaged, "\(name)")
  }

  @Test func `any byte of a page may be wrong`() throws {
    let (layout, decoder) = (try layout(), try decoder())
    let captured = Array(try Fixture.bytes("tracefs/6.18/pages").prefix(page))
    for index in captured.indices {
      for wrong in [UInt8(0), 0xff, captured[index] ^ 0x1d] {
        var bytes = captured
        bytes[index] = wrong
        var records = 0
        let outcome = RingBufferPage.read(bytes.span, layout) { _, range in
          _ = decoder.event(bytes.span, range)
          records += 1
        }
        #expect(outcome.records == records)
      }
    }
    for length in 0..<captured.count {
      let cut = Array(captured.prefix(length))
      _ = RingBufferPage.read(cut.span, layout) { _, _ in }
    }
  }

  @Test(arguments: [
    ("field:size_t size;\toffset:16;\tsize:8;\tsigned:0;\n", UInt64(4 * 64)),
    (
      "field:size_t size;\toffset:16;\tsize:8;\tsigned:0;\n"
        + "field:size_t bytes_alloc;\toffset:24;\tsize:8;\tsigned:0;\n", UInt64(300)
    ),
  ])
  func `per-CPU memory counts for all processors, told or not`(
    sizes: String, expected: UInt64
  ) throws {
    let text = "ID: 5\nfield:void * ptr;\toffset:8;\tsize:8;\tsigned:0;\n" + sizes
    var decoder = AllocationEvents(processors: 4)
    let isAdded = decoder.add(.allocation(.percpu), try EventFormat(parsing: Array(text.utf8).span))
    #expect(isAdded)
    let record = bytes(5) + bytes(0xff00) + bytes(64) + bytes(300)
    guard case .allocated(let allocation, _)? = decoder.event(record.span, 0..<record.count) else {
      Issue.record("there is no allocation")
      return
    }
    #expect(allocation.address == 0xff00)
    #expect(allocation.size == expected)
  }

  @Test func `a text without fields is no format`() {
    let text = Array("name: kmalloc\nID: 12\n".utf8)
    #expect(throws: ParseError.self) { try EventFormat(parsing: text.span) }
  }

  @Test func `an event that lacks an address isn't followed`() throws {
    let text = Array("name: kfree\nID: 12\n\tfield:int node;\toffset:8;\tsize:4;\tsigned:1;\n".utf8)
    var events = AllocationEvents()
    let isAdded = events.add(.free(.kmalloc), try EventFormat(parsing: text.span))
    #expect(!isAdded)
  }

  private func bytes(_ number: UInt64) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }

  private func word(_ number: UInt32) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }
}
