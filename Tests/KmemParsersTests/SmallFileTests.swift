import Testing

@testable import KmemParsers

@Suite struct MountsTests {
  @Test func `escapes become the bytes they stand for`() throws {
    let mounts = try Mounts(mountsOfHost).mounts
    #expect(mounts.map(\.mountPoint) == ["/", "/sys/kernel/debug", "/media/my disk\\x"])
    #expect(mounts[1].type == "debugfs")
    #expect(mounts[1].options == ["rw", "nosuid", "relatime", "mode=700"])
    #expect(mounts[2].device == "/dev/sdb1")
  }

  @Test(arguments: [
    (#"/a\0"#, #"/a\0"#), (#"/a\04x"#, #"/a\04x"#), (#"/a\777"#, #"/a\777"#), (#"\\"#, #"\\"#),
  ])
  func `what is no escape is kept`(written: String, expected: String) throws {
    #expect(try Mounts("none \(written) tmpfs rw 0 0\n").mounts.first?.mountPoint == expected)
  }

  @Test(arguments: ["none", "none /a tmpfs", "none /a tmpfs rw", "none on /a type tmpfs (rw)"])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let mounts = try Mounts("\(line)\nproc /proc proc rw 0 0\n")
    #expect(mounts.mounts.map(\.type) == ["proc"])
    #expect(mounts.remarks.map(\.line) == [1])
  }
}

@Suite struct KernelNumbersTests {
  @Test(
    arguments: [
      ("1088\t0\t9223372036854775807\n", [1088, 0, .max]), ("45\n", [45]), ("-1\n", [-1]),
      ("303479 301885 45 0 35864 0", [303479, 301885, 45, 0, 35864, 0]), ("1\n2\n", [1, 2]),
    ] as [(String, [Int64])])
  func `numbers keep their order`(text: String, values: [Int64]) throws {
    let numbers = try KernelNumbers(text)
    #expect(numbers.values == values)
    #expect(numbers.decimals == values.map(Double.init))
    #expect(numbers.remarks == [])
  }

  @Test func `fractions are kept beside the whole numbers`() throws {
    let numbers = try KernelNumbers("350735.47 234388.90\n")
    #expect(numbers.values == [350735, 234388])
    #expect(numbers.decimals == [350735.47, 234388.90])
  }

  @Test func `a counter below zero is minus n`() throws {
    let numbers = try KernelNumbers("18446744073709551614 7\n")
    #expect(numbers.values == [-2, 7])
    #expect(numbers.decimals == [-2, 7])
    #expect(numbers.remarks.map(\.line) == [1])
  }

  @Test(arguments: [
    "x", "1 x", "1.2.3", "1.", "18446744073709551616", "1e5", "18446744073709551614.5",
  ])
  func `a field that is no number refuses the text`(text: String) {
    #expect(throws: ParseError.self) { try KernelNumbers(text) }
  }
}

@Suite struct SockstatTests {
  @Test func `counts are found by protocol and name`() throws {
    let sockstat = try Sockstat(sockstatOf6)
    #expect(sockstat.protocols["TCP"] == ["inuse": 5, "orphan": 0, "tw": 2, "alloc": 7, "mem": 1])
    #expect(sockstat.protocols["sockets"]?["used"] == 290)
    #expect(sockstat.protocols.count == 3)
  }

  @Test(arguments: ["TCP: inuse", "TCP: inuse x", "TCP inuse 5", ": inuse 5"])
  func `a damaged line is remarked and the others are read`(line: String) throws {
    let sockstat = try Sockstat("\(line)\nUDP: inuse 3\n")
    #expect(sockstat.protocols == ["UDP": ["inuse": 3]])
    #expect(sockstat.remarks.map(\.line) == [1])
  }
}

@Suite struct ProcStatusTests {
  @Test func `the rights of the process are read`() throws {
    let status = try ProcStatus(statusOf6)
    #expect(status["Name"] == "kmemcheck")
    #expect(status.effectiveCapabilities == 0x1ff_ffff_ffff)
    #expect(status.effectiveUserID == 0)
    #expect(status["Absent"] == nil)
  }

  @Test func `a name with a colon stays whole`() throws {
    #expect(try ProcStatus("Name:\ta:b c\n")["Name"] == "a:b c")
  }

  @Test func `missing or damaged lines are unknown`() throws {
    let status = try ProcStatus("Uid:\t1000\nCapEff:\txyz\n")
    #expect(status.effectiveUserID == nil)
    #expect(status.effectiveCapabilities == nil)
  }
}
