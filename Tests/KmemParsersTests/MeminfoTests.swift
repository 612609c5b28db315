import Testing

@testable import KmemParsers

@Suite struct MeminfoTests {
  @Test(arguments: MeminfoTexts.all)
  func `each line is an entry, in the file's order`(text: String) throws {
    let meminfo = try read(text)
    let names = text.split(separator: "\n").map { String($0.prefix { $0 != ":" }) }
    #expect(meminfo.entries.map(\.name) == names)
    #expect(meminfo.remarks == [])
  }

  @Test func `amounts are bytes, counts have none`() throws {
    let meminfo = try read(MeminfoTexts.v6_18)
    #expect(meminfo[.memTotal]?.bytes == Int64(24_683_624) * 1024)
    #expect(meminfo[.hugePagesTotal]?.value == 3)
    #expect(meminfo[.hugePagesTotal]?.bytes == nil)
    #expect(meminfo["Active(anon)"]?.bytes == 0)
    #expect(meminfo["LowTotal"] == nil)
  }

  @Test func `a value that touches its colon is read`() throws {
    let meminfo = try read("MemTotal: 16 kB\nShadowCallStack:10373888 kB\n")
    #expect(meminfo[.shadowCallStack]?.bytes == Int64(10_373_888) * 1024)
  }

  @Test func `an amount that fell below zero is kept as printed and has no bytes`() throws {
    let meminfo = try read("SwapFree: 18446744073708600176 kB\nMemFree: 9007199254740992 kB\n")
    #expect(meminfo[.swapFree]?.value == 18_446_744_073_708_600_176)
    #expect(meminfo[.swapFree]?.bytes == nil)
    #expect(meminfo[.memFree]?.bytes == nil)
    #expect(meminfo.remarks == [])
  }

  @Test func `an amount over 64 bits is remarked on and the rest is read`() throws {
    let meminfo = try read("CommitLimit: 36893488144264331264 kB\nMemFree: 5 kB\n")
    #expect(meminfo.entries.map(\.name) == ["MemFree"])
    #expect(meminfo.remarks.map(\.line) == [1])
  }

  @Test func `the table of bytes of 2_4 is passed over`() throws {
    let meminfo = try read(
      """
              total:    used:    free:  shared: buffers:  cached:
      Mem:  1058336768 860172288 198164480        0 70467584 535384064
      Swap: 1077501952        0 1077501952
      MemTotal:      1033532 kB
      MemShared:           0 kB
      """)
    #expect(meminfo.entries.map(\.name) == ["MemTotal", "MemShared"])
    #expect(meminfo.remarks == [])
  }

  @Test func `the node before each name of a node's file is taken off`() throws {
    let meminfo = try read(
      "\nNode 12 MemTotal:       131072 kB\nNode 12 Active(file): 7 kB\nNode 12 HugePages_Free:     5\n"
    )
    #expect(meminfo[.memTotal]?.bytes == Int64(131_072) * 1024)
    #expect(meminfo[.activeFile]?.value == 7)
    #expect(meminfo[.hugePagesFree]?.isKilobytes == false)
    #expect(meminfo.remarks == [])
  }

  @Test func `a file of zeroes, as containers have it, is read`() throws {
    #expect(try read("MemTotal: 0 kB\nMemFree: 0 kB\n")["MemTotal"]?.bytes == 0)
  }

  @Test func `keys no kernel of today has are kept`() throws {
    let meminfo = try read("MemTotal: 1 kB\nIonTotal: 2 kB\nRbinAlloced: 3 kB\nNew_Count: 4\n")
    #expect(meminfo.entries.count == 4)
    #expect(meminfo["New_Count"]?.isKilobytes == false)
  }

  @Test func `a line cut after its name, in its unit or without a colon is remarked on`() throws {
    let meminfo = try read("MemTotal: 5 kB\nMemFree:\nBuffers: 7 k\nCached 8 kB\n: 5 kB\n")
    #expect(meminfo.entries.map(\.name) == ["MemTotal"])
    #expect(meminfo.remarks.map(\.line) == [2, 3, 4, 5])
  }

  @Test func `a line of prose with a colon and a number is no amount`() throws {
    let meminfo = try read("MemTotal: 5 kB\nNode 0 : 5 kB\nelapsed time in s: 5\n")
    #expect(meminfo.entries.map(\.name) == ["MemTotal"])
    #expect(meminfo.remarks.map(\.line) == [2, 3])
  }

  @Test func `of two lines with one name the first counts`() throws {
    let meminfo = try read("MemFree: 5 kB\nMemFree: 6 kB\n")
    #expect(meminfo[.memFree]?.value == 5)
    #expect(meminfo.remarks.map(\.line) == [2])
  }

  @Test func `a prompt before the text is remarked on and passed over`() throws {
    let bytes = Damage.withPrompt(MeminfoTexts.v2_6)
    let meminfo = try Meminfo(parsing: bytes.span)
    #expect(meminfo.entries.count == MeminfoTexts.v2_6.split(separator: "\n").count)
    #expect(meminfo.remarks.map(\.line).first == 1)
  }

  @Test(arguments: Damage.refused.map(\.name))
  func `a text without an amount is refused`(name: String) throws {
    let bytes = try #require(Damage.refused.first { $0.name == name }?.bytes)
    let error = try #require(refusal(bytes) { _ = try Meminfo(parsing: $0) })
    #expect(error.reason.contains("/proc/meminfo"))
  }

  @Test(arguments: MeminfoTexts.all)
  func `copying changes nothing that is read`(text: String) throws {
    let expected = try read(text)
    for copy in Damage.harmless(text) {
      let meminfo = try Meminfo(parsing: copy.bytes.span)
      #expect(meminfo == expected, "\(copy.name)")
    }
  }

  @Test(arguments: 0..<200) func `a damaged text is read or refused`(seed: Int) {
    for text in MeminfoTexts.all {
      let bytes = mutated(Array(text.utf8), seed: UInt64(seed))
      let entries = (try? Meminfo(parsing: bytes.span))?.entries.count ?? 0
      #expect(entries <= bytes.count / 3)
    }
  }

  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS names no directory of real files"))
  func `every line of every real file is an entry`() throws {
    let files = Corpus.files(named: "meminfo")
    #expect(files.count >= 140)
    var damaged = 0
    for file in files {
      let meminfo = try Meminfo(parsing: file.bytes.span)
      let text = file.text.prefix { $0 != "\0" }
      let lines = text.split(whereSeparator: \.isNewline).filter {
        $0.contains(":") && !$0.contains("total:") && $0.prefix(4) != "Mem:"
          && $0.prefix(5) != "Swap:"
      }
      #expect(meminfo.entries.count == lines.count, "\(file)")
      damaged += meminfo.remarks.isEmpty ? 0 : 1
    }
    #expect(damaged <= files.count / 50)
  }

  @Test(
    .enabled(if: KernelFile("/proc/meminfo") != nil, "/proc/meminfo can't be read on this machine"))
  func `the running kernel's file is read whole`() throws {
    let file = try #require(KernelFile("/proc/meminfo"))
    let meminfo = try Meminfo(parsing: file.bytes.span)
    #expect(meminfo.entries.count == file.lines.count)
    #expect(meminfo.remarks == [])
    let total = try #require(meminfo[.memTotal]?.bytes)
    #expect(total > 0 && total >= meminfo[.memFree]?.bytes ?? 0)
  }

  private func read(_ text: String) throws(ParseError) -> Meminfo {
    let bytes = Array(text.utf8)
    return try Meminfo(parsing: bytes.span)
  }
}
