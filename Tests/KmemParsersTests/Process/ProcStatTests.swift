import Testing

@testable import KmemParsers

@Suite struct ProcStatTests {
  @Test func `the fields behind the name are found, whatever is in it`() throws {
    let stat = try ProcStat(statOfProcess)
    #expect(stat.pid == 17158)
    #expect(stat.comm == "a) S (b")
    #expect(stat.state == "S")
    #expect(stat.parent == 17146)
    #expect(stat.minorFaults == 97)
    #expect(stat.majorFaults == 3)
    #expect(stat.threads == 7)
    #expect(stat.startTime == 2_323_693)
    #expect(stat.virtualSize == 3_133_440)
    #expect(stat.residentPages == 347)
    #expect(!stat.isKernelThread)
  }

  @Test func `a newline and a backslash in a name come back`() throws {
    let text = statOfProcess.replacing("(a) S (b)", with: #"(x\ny\\z)"#)
    #expect(try ProcStat(text).comm == "x\ny\\z")
  }

  @Test func `a kernel thread is told by its flag`() throws {
    #expect(try ProcStat(statOfProcess.replacing(" 4194304 ", with: " 2129984 ")).isKernelThread)
  }

  @Test(arguments: ["", "5", "5 (", "5 ()", "(x) S 1", "5 (x) SS 1 2", "x (y) S 1 2 3"])
  func `what is none is refused`(text: String) {
    #expect(throws: ParseError.self) { try ProcStat(text) }
  }

  @Test func `a line that ends before the amounts is refused`() {
    let error = #expect(throws: ParseError.self) { try ProcStat("5 (x) S 1 2 3 4") }
    #expect(error?.reason == "the text of /proc/PID/stat ends before the amounts")
  }
}

@Suite struct ProcCmdlineTests {
  private func line(_ text: String) -> ProcCmdline {
    let bytes = Array(text.utf8)
    return ProcCmdline(parsing: bytes.span)
  }

  @Test func `arguments end at NULs, and may be empty`() {
    #expect(line("a\0b c\0\0d\0").arguments == ["a", "b c", "", "d"])
    #expect(line("a\0b c\0\0d\0").line == "a b c  d")
  }

  @Test func `a title that a program wrote over its arguments is one of them`() {
    #expect(line("nginx: worker process\0\0\0\0").arguments == ["nginx: worker process"])
    #expect(line("no end").arguments == ["no end"])
    #expect(line("").arguments == [])
    #expect(line("\0\0").arguments == [])
  }
}

@Suite struct ProcessStatusTests {
  @Test func `amounts are in bytes, and only with their unit`() throws {
    let status = try ProcStatus("VmRSS:\t    1708 kB\nVmPTE:\t 5\nThreads:\t3\nUid:\t7\t8\t9\t10\n")
    #expect(status.bytes("VmRSS") == 1_748_992)
    #expect(status.bytes("VmPTE") == nil)
    #expect(status.bytes("VmSwap") == nil)
    #expect(status.number("Threads") == 3)
    #expect(status.userID == 7)
  }
}

@Suite struct MemoryStatTests {
  @Test func `values are found by name, also those nobody knows`() throws {
    let stat = try MemoryStat(memoryStatOf2 + "brand_new 5\n")
    #expect(stat["anon"] == 1_048_576)
    #expect(stat["pgfault"] == 18_446_744_073_709_551_615)
    #expect(stat["brand_new"] == 5)
    #expect(stat["absent"] == nil)
    #expect(stat.entries.map(\.name).prefix(3) == ["anon", "file", "kernel"])
  }

  @Test(arguments: ["anon", "anon x", "anon 1 2", "anon -1"])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let stat = try MemoryStat("\(line)\nfile 5\n")
    #expect(stat["anon"] == nil)
    #expect(stat["file"] == 5)
    #expect(stat.remarks.map(\.line) == [1])
  }

  @Test func `a name that occurs again keeps its first value`() throws {
    let stat = try MemoryStat("anon 1\nanon 2\n")
    #expect(stat["anon"] == 1)
    #expect(stat.remarks.map(\.line) == [2])
  }

  @Test func `a group is read alike whichever other group it is held against`() throws {
    let text = Array(memoryStatOf2.utf8)
    let other = try MemoryStat(memoryStatOf2)
    for seed in 0..<2_000 as Range<UInt64> {
      let bytes = mutated(text, seed: seed)
      let alone = try? MemoryStat(bytes)
      #expect((try? MemoryStat(bytes.span, like: other)) == alone, "seed \(seed)")
    }
    let more = Array((memoryStatOf2 + "brand_new 5\n").utf8)
    #expect(try MemoryStat(more.span, like: other)["brand_new"] == 5)
    let none: [UInt8] = []
    #expect(throws: ParseError.self) { try MemoryStat(none.span, like: other) }
  }

  @Test func `dying groups are told from those alive`() throws {
    let stat = try CgroupStat("nr_descendants 4\nnr_dying_descendants 2\n")
    #expect(stat.dyingDescendants == 2)
    #expect(stat["nr_descendants"] == 4)
  }
}

@Suite struct ProcStatusAmountsTests {
  /// Each as `ProcStatus`, which keeps all lines, tells it.
  @Test(arguments: [
    statusOf6,
    "Name:\ta b\nState:\tS (sleeping)\nPPid:\t1\nUid:\t7\t8\t9\t10\nVmRSS:\t    1708 kB\n",
    "VmRSS:\t1708 MB\nVmPTE:\t 5\nVmSwap:\t1 kB x\nVmSize:\t-4 kB\nUid:\t-1\nThreads:\tmany\n",
    "Threads:\t3\nVmRSS: 1 kB\nVmRSS: 2 kB\n : 5\nName:\n VmSize :\t8 kB\r\nrubbish\n",
    "HugetlbPages:\t99999999999999999999 kB\nVmPTE:\t9223372036854775807 kB\nRssFile:\t+3 kB\n",
    "cat: proc/1/status: Permission denied\nState:\t\nRssShmem:\u{A0}4 kB\nRssAnon:\t5 kB\n",
  ]) func `what is wanted of a process is what the whole file tells`(text: String) throws {
    let all = try ProcStatus(text)
    let bytes = Array(text.utf8)
    let wanted = try ProcStatusAmounts(parsing: bytes.span)
    #expect(wanted.name == all["Name"])
    #expect(wanted.state == all["State"]?.first.map(String.init))
    #expect(wanted.parent.map(Int64.init) == all.number("PPid"))
    #expect(wanted.userID == all.userID)
    #expect(wanted.threads.map(Int64.init) == all.number("Threads"))
    let amounts = [
      ("VmSize", wanted.virtualSize), ("VmRSS", wanted.resident),
      ("RssAnon", wanted.residentAnonymous), ("RssFile", wanted.residentFile),
      ("RssShmem", wanted.residentShmem), ("VmPTE", wanted.pageTables), ("VmSwap", wanted.swap),
      ("HugetlbPages", wanted.hugetlb),
    ]
    for (name, amount) in amounts { #expect(amount == all.bytes(name), "\(name)") }
  }

  @Test(arguments: ["", "\n\n", "rubbish\n", "cat: status: Permission denied\n"])
  func `a text without a line of the file is refused`(text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: ParseError.self) { try ProcStatusAmounts(parsing: bytes.span) }
  }
}
