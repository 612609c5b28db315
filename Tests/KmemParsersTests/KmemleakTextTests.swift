import Testing

@testable import KmemParsers

/// What a text holds besides whole objects: what kmemleak says of itself, and what is left of objects.
@Suite struct KmemleakTextTests {
  @Test func `every message of kmemleak is known by its meaning`() {
    for message in KmemleakMessage.all {
      let line = Array("[    9.876543] kmemleak: 3\(message.text) and more".utf8)
      #expect(KmemleakMessage.message(in: line.span)?.meaning == message.meaning, "\(message.text)")
    }
  }

  @Test(arguments: [
    "total nonsense", "kmemleak_object       1200   1200    240   17    1",
    "CONFIG_DEBUG_KMEMLEAK=y",
    "Unknown object at 0x12345678", "Failed to create the scan thread",
  ])
  func `other lines are no message`(line: String) {
    let bytes = Array(line.utf8)
    #expect(KmemleakMessage.message(in: bytes.span) == nil)
  }

  @Test func `what scans announce is summed, with the first and the last line`() {
    let report = ReadReport(
      """
      [ 1897.485033] kmemleak: 95206 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
      [ 2000.000000] usb 1-1: new high-speed USB device
      [ 2515.244851] kmemleak: 241565 new suspected memory leaks (see /sys/kernel/debug/kmemleak)

      """)
    let said = report.reader.statements[.announced]
    #expect(said?.objects == 336_771 && said?.count == 2)
    #expect(said?.firstLine == 1 && said?.lastLine == 3 && report.records.isEmpty)
    #expect(report.reader.counts.logLines == 3)
  }

  @Test func `a reader that got an error instead of the list says so`() {
    let report = ReadReport("cat: /sys/kernel/debug/kmemleak: Device or resource busy\n")
    #expect(report.reader.statements[.unreadable]?.firstLine == 1)
  }

  @Test(arguments: [
    ("11:28:15 up 10 min", 0), ("127.0.0.1 localhost", 0), ("[   12.345678] usb 1-1: reset", 1),
    ("[Mon Nov 20 12:34:56 2026] usb 1-1: reset", 1), ("kernel: usb 1-1: reset", 1),
    ("[Mon Nov 20 12:34:56 2026] [error] [client ::1] no such file", 0), ("12.5 GB free", 0),
    ("Call Trace:", 1),
  ])
  func `only a kernel's log counts as one`(line: String, logLines: Int) {
    #expect(ReadReport(line + "\n").reader.counts.logLines == logLines)
  }

  @Test func `a prefix that looks like a byte doesn't swallow the next record`() {
    let lines =
      """
      unreferenced object 0xb5971f00 (size 176):
        comm "a", pid 1, jiffies 100
        hex dump (first 16 bytes):
          00 00 00 00 00 00 00 00 00 d8 79 b4 00 00 00 00
        backtrace:
          [<a2e2b9fa>] driver_one+0x2c/0x60

      """
    let log = (lines + lines.split(separator: "\n").map { "\($0)\n" }.joined())
      .split(separator: "\n").map { "[ 1.0]c6 kmemleak: \($0)\n" }.joined()
    let report = ReadReport(log)
    #expect(report.records.map(\.size) == [176, 176])
    #expect(report.records.allSatisfy { $0.dump.count == 16 })
    #expect(report.frames(1) == ["driver_one+0x2c/0x60"])
  }

  @Test func `no more bytes are read than were announced`() {
    let report = ReadReport(
      """
      unreferenced object 0xb5971f00 (size 2):
        comm "a", pid 1, jiffies 100
        hex dump (first 2 bytes):
          61 62                                            ab
          c6
        backtrace:
          [<a2e2b9fa>] f+0x2c/0x60

      """)
    #expect(report.records.first?.dump.bytes == [0x61, 0x62])
    #expect(report.reader.counts.foreign == 1)
  }

  @Test func `a record without its first line is counted, with its stack`() {
    let rest = KmemleakTests.aged.split(separator: "\n").dropFirst()
    for first in rest.indices.prefix(5) {
      let report = ReadReport(
        rest[first...].joined(separator: "\n") + "\n" + KmemleakTests.percpu)
      #expect(report.records.count == 1 && report.reader.counts.headless == 1, "\(first)")
      let record = report.reader.headless.first
      #expect(record?.line == 1 && record?.isBareStack == false)
      #expect(report.reader.tables.stack(record?.stack ?? 0).first?.symbol == "prepare_exec_creds")
    }
  }

  @Test func `frames right above an object are the end of the one before`() {
    let frames = "    vfs_write+0x15d/0x4a0\n    ksys_write+0x116/0x210\n"
    for text in [frames, "```\n" + frames.replacing("    ", with: "    [<0>] ")] {
      let report = ReadReport(text + KmemleakTests.percpu)
      #expect(report.records.count == 1 && report.reader.counts.headless == 1)
      #expect(report.reader.headless.map(\.isAboveObject) == [true])
    }
    let log = ReadReport(
      "[   12.123456] [<00000000d02bb5ca>] vfs_write+0x15d/0x4a0\n[   12.2] usb 1-1: new device\n")
    #expect(log.reader.headless.map(\.isAboveObject) == [false])
    // page_owner prints such frames too.
    let other = ReadReport("kmalloc_noprof+0x1/0x2\nvfs_write+0x15d/0x4a0\nhandle: 1048577\n")
    #expect(other.reader.headless.isEmpty && other.reader.counts.otherLines == 3)
  }

  @Test func `a paste may begin within a frame`() {
    let report = ReadReport(
      "23c94>] __kmalloc+0x1c/0x68\n    [<0>] probe+0x1/0x2\n" + KmemleakTests.percpu)
    #expect(report.reader.counts.headless == 1 && report.records.count == 1)
    #expect(report.reader.tables.stack(report.reader.headless[0].stack).count == 2)
  }

  @Test(arguments: ["nreferenced object", "ferenced object", "d object", " object", "object"])
  func `an object whose first letters weren't pasted is one all the same`(title: String) {
    let rest = KmemleakTests.aged.dropFirst("unreferenced object".count)
    let report = ReadReport(title + rest)
    #expect(report.records == ReadReport(KmemleakTests.aged).records)
    #expect(report.reader.counts.headless == 0)
  }

  @Test func `frames alone at the beginning of a text may be what is left of a record`() {
    let report = ReadReport("[<d02bb5ca>] __kmalloc+0x1/0x2\n[<04263a1d>] kstrdup+0x3/0x6\n")
    #expect(report.reader.headless.map(\.isBareStack) == [true])
  }

  @Test func `a second record whose header was lost isn't the first one's`() {
    let report = ReadReport(
      """
      unreferenced object 0xb5971f00 (size 2):
        comm "a", pid 1, jiffies 100
        backtrace:
          [<a2e2b9fa>] f+0x2c/0x60
        comm "b", pid 2, jiffies 200
        backtrace:
          [<a2e2b9fb>] g+0x2c/0x60

      """)
    #expect(report.frames() == ["f+0x2c/0x60"] && report.reader.counts.headless == 1)
  }

  @Test func `an object that kmemleak merely describes isn't lost`() {
    let report = ReadReport(
      """
      [   46.617892] kmemleak: Cannot insert 0xffff880016901000 into the object search tree (overlaps existing)
      [   46.617892] kmemleak: Kernel memory leak detector disabled
      [   46.617892] kmemleak: Object 0xffff880016900000 (size 524288):
      [   46.617892] kmemleak:   comm "swapper/0", pid 0, jiffies 4294667296
      [   46.617892] kmemleak:   min_count = 0
      [   46.617892] kmemleak:   count = 0
      [   46.617892] kmemleak:   flags = 0x1
      [   46.617892] kmemleak:   checksum = 0
      [   46.617892] kmemleak:   backtrace:
      [   46.617892]      [<ffffffff81d0a7f0>] log_early+0x63/0x77
      [   46.617892]      [<ffffffff8171d31b>] kmemleak_alloc+0x4b/0x50

      """)
    #expect(report.records.isEmpty && report.reader.counts.headless == 0)
    #expect(Set(report.reader.statements.keys) == [.overlap, .disabled])
  }

  @Test func `objects that the log only counts are counted`() {
    let report = ReadReport(
      """
      kmemleak: unreferenced object 0xb5971f00 (size 64):
      kmemleak:   comm "a", pid 1, jiffies 100
      kmemleak:   backtrace (crc 1):
      kmemleak:     f+0x2c/0x60
      kmemleak:   ... and 3 more object(s) with the same backtrace

      """)
    #expect(report.records.first?.others == 3 && report.reader.counts.foreign == 0)
  }

  @Test func `how much of a record the text holds is known`() {
    let header = "unreferenced object 0xb5971f00 (size 64):\n"
    let task = "  comm \"a\", pid 1, jiffies 100\n"
    let stack = "  backtrace:\n"
    let report = ReadReport(header + header + task + header + task + stack + header + task + stack)
    #expect(report.records.map(\.extent) == [.firstLine, .withoutStack, .whole, .withoutStack])
  }

  @Test func `a record whose lines were joined is read`() {
    let report = ReadReport(
      "unreferenced object 0xffff8881098b2840 (size 192): comm \"a b\", pid 7, jiffies 42 (age "
        + "1.500s) hex dump (first 32 bytes): 61 62 63 64 65 66 67 68 61 62 63 64 65 66 67 68 "
        + "abcdefghabcdefgh backtrace: [<0000000012345678>] __kmalloc+0x1/0x2 "
        + "[<0000000012345679>] probe+0x3/0x4 [drv] do_one_initcall+0x5/0x6\n")
    #expect(report.comm() == "a b" && report.records.first?.age == 1500)
    #expect(report.records.first?.dump.count == 16)
    #expect(
      report.frames() == ["__kmalloc+0x1/0x2", "probe+0x3/0x4 [drv]", "do_one_initcall+0x5/0x6"])
  }
}

/// Frames as the architectures and the programs that show them print them.
@Suite struct KmemleakFrameFormTests {
  @Test(arguments: [
    "[<c00a98dc>] f+0x1/0x2", "[<(____ptrval____)>] f+0x1/0x2", "(____ptrval____) f+0x1/0x2",
    "[ffffffff9c6b9d4a] f+0x1/0x2", "[] f+0x1/0x2", "([<00000000001d2a3e>] f+0x1/0x2)",
    "? f+0x1/0x2", "[<c00a98dc>] ? f+0x1/0x2", "#3 f+0x1/0x2", "3: f+0x1/0x2", "[3] f+0x1/0x2",
    "0xffffffff81234567 f+0x1/0x2", "[<c00a98dc>] (g) from [<c03ba8ec>] (f+0x1/0x2)",
    "g from f+0x1/0x2", "[<c00a98dc>] (g+0x3/0x4) from [<c03ba8ec>] (f+0x1/0x2)",
  ])
  func `one frame in many forms`(line: String) {
    let report = ReadReport(
      "unreferenced object 0xb5971f00 (size 64):\n  backtrace:\n    \(line)\n")
    #expect(report.frames() == ["f+0x1/0x2"], "\(line)")
  }

  @Test func `a caller keeps its module`() {
    let report = ReadReport(
      "unreferenced object 0xb5971f00 (size 64):\n  backtrace:\n"
        + "    [<bf01>] (g) from [<bf02>] (f+0x1/0x2 [drv])\n    .f+0x1/0x2 [drv]\n")
    #expect(report.reader.tables.stack(report.records[0].stack).map(\.module) == ["drv", "drv"])
  }
}

/// The beginnings of objects.
@Suite struct KmemleakDumpTests {
  private func dump(_ bytes: [UInt8]) -> KmemleakDump {
    var dump = KmemleakDump()
    for byte in bytes { dump.append(byte) }
    return dump
  }

  private func addresses(in dump: KmemleakDump, like address: UInt64) -> [UInt64] {
    var found: [UInt64] = []
    dump.addresses(like: address) { found.append($0) }
    return found
  }

  @Test func `a text is read up to its end or to the filling of slab debugging`() {
    #expect(dump(Array("nls_base\0\0\u{1}".utf8)).text == "nls_base")
    #expect(dump(Array("rina.apps/1//kkkkkkk".utf8) + [0xa5]).text == "rina.apps/1//")
    #expect(dump(Array("abc\0".utf8)).text == nil)
    #expect(dump(Array(repeating: 0x6b, count: 32)).text == nil)
    #expect(dump(Array("abcdef".utf8) + [0xff]).text == nil)
  }

  @Test func `addresses are words as long as the kernel's, in either byte order`() {
    let address: UInt64 = 0xffff_8881_0276_bf80
    let little = dump([0x80, 0xbf, 0x76, 0x02, 0x81, 0x88, 0xff, 0xff, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(addresses(in: little, like: 0xffff_8881_0000_0000) == [address])
    let big = dump([0xff, 0xff, 0x88, 0x81, 0x02, 0x76, 0xbf, 0x80])
    #expect(addresses(in: big, like: 0xffff_8881_0000_0000) == [address])
    let short = dump([0x00, 0xc9, 0x3d, 0x80, 0x80, 0x3d, 0xc9, 0x01])
    #expect(addresses(in: short, like: 0x80c9_3c80) == [0x803d_c900, 0x803d_c901])
  }
}
