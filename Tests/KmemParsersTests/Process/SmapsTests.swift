import Testing

@testable import KmemParsers

@Suite struct SmapsTests {
  @Test func `a mapping has its header and its amounts in bytes`() throws {
    let smaps = try Smaps(smapsOf6)
    #expect(smaps.mappings.count == 3)
    let first = smaps.mappings[0]
    #expect(first.start == 0x55a1_68c4_7000)
    #expect(first.end == 0x55a1_68c7_6000)
    #expect(first.permissions == "r-xp")
    #expect(first.device == "fe:00")
    #expect(first.inode == 1234)
    #expect(first.amounts[.rss] == 102_400)
    #expect(first.amounts[.pss] == 30_720)
    #expect(first.amounts[.privateClean] == 20_480)
  }

  @Test func `a path keeps its blanks and that the file is deleted`() throws {
    #expect(try Smaps(smapsOf6).mappings[0].path == "/usr/bin/a b (deleted)")
  }

  @Test func `what no line tells is unknown, not zero`() throws {
    let last = try #require(try Smaps(smapsOf6).mappings.last)
    #expect(last.amounts[.rss] == 0)
    #expect(last.amounts[.pss] == nil)
    #expect(!last.amounts.has(.pss))
  }

  @Test func `unknown lines are kept, and flags may be empty`() throws {
    let mappings = try Smaps(smapsOf6).mappings
    #expect(mappings[0].flags == "rd ex mr mw me")
    #expect(mappings[1].flags == "")
    #expect(mappings[2].flags == nil)
    #expect(mappings[0].amounts.others == [.init(name: "THPeligible", value: "0")])
    #expect(mappings[1].amounts.others.map(\.name) == ["NewLine", "ProtectionKey"])
    #expect(mappings[1].amounts.others.map(\.value) == ["7 kB", "0"])
  }

  @Test func `an old kernel's order of lines is read`() throws {
    let only = try #require(try Smaps(smapsOf2).mappings.first)
    #expect(only.amounts[.swap] == 0)
    #expect(only.amounts[.kernelPageSize] == 4096)
    #expect(only.amounts[.anonymous] == nil)
  }

  @Test func `the sums of smaps_rollup are told from a single mapping`() throws {
    #expect(try Smaps(rollupOf6).rollup?[.pss] == 247_808)
    #expect(try Smaps(smapsOf2).rollup == nil)
    #expect(try Smaps("").rollup == nil)
  }

  @Test func `a kernel thread's empty file has no mapping and no fault`() throws {
    #expect(try Smaps("") == Smaps("\n"))
    #expect(try Smaps("").mappings.isEmpty)
  }

  @Test(arguments: [
    "Rss:   12", "Rss:   12 k", "Rss: -1 kB", "Rss: 99999999999999999999 kB", "Rss:",
  ])
  func `an amount that is cut or damaged is remarked and unknown`(line: String) throws {
    let smaps = try Smaps("00400000-0040b000 r-xp 00000000 08:01 42 /bin/cat\n\(line)")
    #expect(smaps.mappings.first?.amounts.has(.rss) == false)
    #expect(smaps.remarks.count == 2)
    #expect(smaps.remarks.last?.reason == "the text ends within the last mapping")
  }

  @Test func `an amount of more bytes than fit is unknown`() throws {
    let smaps = try Smaps("00400000-0040b000 r-xp 0 08:01 42 /a\nRss: 18446744073709551615 kB\n")
    #expect(smaps.mappings[0].amounts.has(.rss))
    #expect(smaps.mappings[0].amounts[.rss] == nil)
  }

  @Test func `a name that Android prints behind the header is taken`() throws {
    let text = "7000-8000 rw-p 00000000 00:00 0\nName:   [anon:libc_malloc]\nRss: 4 kB\n"
    #expect(try Smaps(text).mappings[0].path == "[anon:libc_malloc]")
  }

  @Test(arguments: 1...97) func `pieces of any length give the same mappings`(length: Int) throws {
    let bytes = Array(smapsOf6.utf8)
    var reader = SmapsReader()
    var found: [Smaps.Mapping] = []
    for start in stride(from: 0, to: bytes.count, by: length) {
      let piece = Array(bytes[start..<min(start + length, bytes.count)])
      reader.read(piece.span) { found.append($0) }
    }
    reader.finish { found.append($0) }
    #expect(try found == Smaps(smapsOf6).mappings)
  }

  @Test func `sums over mappings leave out the sizes of pages`() throws {
    let all = try Smaps(smapsOf6).mappings.map(\.amounts)
    let sums = SmapsAmounts(summing: all)
    #expect(sums[.rss] == 630_784)
    #expect(sums[.privateDirty] == 528_384)
    #expect(sums[.kernelPageSize] == nil)
  }

  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS is not set"))
  func `every captured file is read without remarks`() throws {
    let files = Corpus.files { name, _ in name == "smaps" }
    try #require(files.count > 3)
    for file in files {
      let smaps = try Smaps(file.bytes)
      #expect(smaps.remarks == [], "\(file)")
      let headers = file.lines.count {
        $0.contains("-") && $0.first?.isHexDigit == true && !$0.contains("kB")
      }
      #expect(smaps.mappings.count == headers, "\(file)")
    }
  }
}
