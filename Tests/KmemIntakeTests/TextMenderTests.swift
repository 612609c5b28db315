import KmemIntake
import KmemParsers
import KmemTestSupport
import Testing

@Suite("Mending of texts")
struct TextMenderTests {
  /// Texts as kernels print them, with what looks like an addition and is none.
  private static let own = [
    "MemTotal:        1024 kB\nMemFree:          512 kB\n",
    "MemTotal:        1024 kB\r\nMemFree:          512 kB\r\n",
    """
    unreferenced object 0xffff888103a4f300 (size 32):
      comm "[foo] 12: > bar", pid 7, jiffies 4294941102
      hex dump (first 32 bytes):
        26 6c 74 3b 26 67 74 3b 3c 62 72 3e 3e 20 7c 20  &lt;&gt;<br>> | 
        3d 33 44 3d 33 44 2a 2a 20 3c 2d 2d 6b 42 3a 20  =3D=3D** <--kB: 
      backtrace (crc 1f2e3d4c):
        [<00000000a5423c94>] __kmalloc+0x1c/0x68
        [<000000002e15f43c>] spi_map_buf+0xf4/0x128 [spi_core]

    """,
    """
    Node 0, zone      DMA
      per-node stats
          nr_inactive_anon 8031
      pages free     3977
            min      67
        cpu: 0
                  count: 0

    """,
    "Node 0 MemTotal:        1024 kB\nNode 0 MemFree:          512 kB\n",
    "        4096        1 mm/slub.c:12 func:new_slab\n           0        0 fs/a.c:9 [ext4] func:b\n",
    """
    0xffffc90000000000-0xffffc90000005000   20480 irq_init_percpu_irqstack+0x114/0x1b0 vmap
    0xffffc90000005000-0xffffc90000007000    8192 acpi_os_map_iomem+0x1ac/0x1c0 phys=0x7ffe1000 ioremap

    """,
    """
    slabinfo - version: 2.1
    # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
    kmalloc-64          1024   1024     64   64    1 : tunables    0    0    0 : slabdata     16     16      0
    dm:io-12-a            32     32    128   32    1 : tunables    0    0    0 : slabdata      1      1      0

    """,
    "Mem-Info of a friend: MemFree: 12 apples, they said\n",
    "> quoted prose\n> without anything of a kernel\n",
    "",
  ]

  @Test(
    "A text to which nothing was added stays as it is, and nothing is said of it", arguments: own)
  func plainText(_ text: String) {
    #expect(TextMender.mended(Array(text.utf8))?.remarks == nil)
  }

  @Test("A long report passes in blocks without a change, wherever its objects end")
  func longReport() {
    let text = Array(String(repeating: Specimens.leaks, count: 400).utf8)
    #expect(TextMender.mended(text)?.remarks == nil)
  }

  @Test("A quotation that begins behind a long plain report is mended")
  func lateQuotation() throws {
    let quoted = Specimens.leaks.lines.map { "> \($0)\n" }.joined()
    let report = String(repeating: Specimens.leaks, count: 200)
    let mended = try #require(TextMender.mended(Array((report + quoted).utf8)))
    #expect(mended.text == Array((report + Specimens.leaks).utf8))
    #expect(mended.remarks.map(\.line) == [report.lines.count + 1])
  }

  @Test("Lines keep their numbers where wrapped ones are joined")
  func lineNumbers() throws {
    let text = "unreferenced object 0xc1234000\n(size 64):\n  comm \"a\", pid 1, jiffies 5\n"
    let mended = try #require(TextMender.mended(Array(text.utf8)))
    #expect(
      String(decoding: mended.text, as: UTF8.self)
        == "unreferenced object 0xc1234000 (size 64):\n\n  comm \"a\", pid 1, jiffies 5\n")
  }

  @Test("The marks of the kernel's log stay behind those of another tool")
  func kernelTime() throws {
    let text = Specimens.leaks.lines.map { "kern  :warn  : [   12.345678] \($0)\n" }.joined()
    let mended = try #require(TextMender.mended(Array(text.utf8)))
    #expect(mended.text == Array(Specimens.leaks.lines.flatMap { "[   12.345678] \($0)\n".utf8 }))
  }

  @Test("A joined record whose dump lacks bytes takes none of the next one's")
  func joinedWithoutBytes() {
    let rows = Array(repeating: "00", count: 32).joined(separator: " ")
    let joined =
      "unreferenced object 0xffff888103a4f300 (size 128): comm \"a\", pid 493, "
      + "jiffies 4294941102 hex dump (first 32 bytes): 3e 20 unreferenced object "
      + "0xffff888104b11a40 (size 64): comm \"b\", pid 2, jiffies 4294957310 "
      + "hex dump (first 32 bytes): \(rows) backtrace: [<00000000a5423c94>] f+0x1c/0x68\n"
    let mended = TextMender.mended(Array(joined.utf8))?.text ?? []
    let lines = String(decoding: mended, as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { $0.contains("unreferenced object") }.count == 2)
    #expect(lines.last?.hasSuffix("f+0x1c/0x68") == true)
    // Found by fuzzing: the row of the first heading lies behind the second one.
    let headings = Array("hex dump (first 2 hex dump (first ):00 00".utf8)
    let bytes = TextMender.mended(headings)?.text ?? headings
    let isBlank = { (byte: UInt8) in byte == 0x0A || byte == 0x20 }
    #expect(bytes.filter { !isBlank($0) } == headings.filter { !isBlank($0) })
  }

  @Test("Amounts in MB count 1024 kB each, and the remark says so")
  func megabytes() throws {
    let mended = try #require(TextMender.mended(Array("MemTotal: 16 MB\nMemFree: 2 MB\n".utf8)))
    let bytes = mended.text
    let meminfo = try Meminfo(parsing: bytes.span)
    #expect(meminfo["MemTotal"]?.value == 16384)
    #expect(mended.remarks.contains { $0.reason.contains("MB") })
  }

  @Test("A damaged text in any form is mended the same, whole and in pieces", arguments: 0..<60)
  func damage(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let isLeak = Bool.random(using: &random)
    let forms = isLeak ? LeakForms.all : MeminfoForms.all
    for form in forms.shuffled(using: &random).prefix(3) {
      var bytes = form.make(isLeak ? Specimens.leaks : Specimens.meminfo)
      for _ in 0..<20 {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
        case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: 0)
        default:
          bytes.insert(
            Array("\n><&=*|\"{[".utf8)[Int.random(in: 0..<10, using: &random)], at: place)
        }
      }
      let whole = TextMender.mended(bytes)
      var mender = TextMender()
      var text: [UInt8] = []
      for byte in bytes {
        let piece = [byte]
        mender.read(piece.span) { span in for index in span.indices { text.append(span[index]) } }
      }
      mender.finish { span in for index in span.indices { text.append(span[index]) } }
      #expect(text == (whole?.text ?? bytes), "\(form)")
      #expect(mender.remarks == (whole?.remarks ?? []), "\(form)")
    }
  }
}
