import Testing

@testable import KmemParsers

@Suite struct FreeTests {
  private func amounts(_ text: String) throws -> [String: Int64] {
    let lines = try Free(text).lines.map { ($0.name, $0.amount.bytes) }
    return Dictionary(lines) { first, _ in first }
  }

  @Test func `the columns are lines of meminfo`() throws {
    #expect(
      try amounts(freeOf4) == [
        "MemTotal": 25_276_063_744, "MemFree": 19_599_630_336, "Shmem": 9_166_848,
        "MemAvailable": 23_941_951_488, "used": 1_334_112_256, "buff/cache": 4_673_576_960,
        "SwapTotal": 2_147_479_552, "SwapFree": 2_146_430_976,
      ])
  }

  @Test func `titles are known whatever lies between them`() throws {
    let titles =
      "                total   used     free  shared   buffers      cache       available"
    #expect(Free.sign(of: Array(titles.utf8).span) == .first)
    for other in ["total used free", "total used free on disk", "total free used shared cache"] {
      #expect(Free.sign(of: Array(other.utf8).span) == nil, "\(other)")
    }
    let lines = try amounts(
      "\(titles)\nMem:   64261872  12977824  937276  14869576  12644  50334128  36105664\n")
    #expect(lines["MemAvailable"] == 36_105_664 << 10 && lines["Buffers"] == 12644 << 10)
  }

  @Test func `the layout up to 3_3_9 has buffers and cached apart`() throws {
    let lines = try amounts(freeOf3)
    #expect(lines["MemTotal"] == 67_529_342_976)
    #expect(lines["Buffers"] == 33_794_555_904)
    #expect(lines["Cached"] == 354_418_688)
    #expect(lines["Shmem"] == nil)
    #expect(lines["MemAvailable"] == nil)
  }

  @Test(
    arguments: [
      ("15 15 0 0 2 0", "", 1_073_741_824), ("7821 2100 300 10 5400 5300", "", 1_048_576),
      ("503024 120320 40004 1000 342700 360004", "", 1024),
      ("25276063744 1334112256 19599630336 9166848 4673576960 23941951488", "", 1),
      ("487 121 40 1 325 350", "$ free -m\n", 1_048_576),
      ("64 12 40 1 11 50", "# free -wg\n", 1_073_741_824),
      ("487 121 40 1 325 350", "$ free --mega\n", 1_000_000),
      ("487 121 40 1 325 350", "$ free -m --si\n", 1_000_000),
    ] as [(String, String, Int64)])
  func `the unit is told by the command or the numbers`(row: String, command: String, unit: Int64)
    throws
  {
    let text = command + "  total  used  free  shared  buff/cache  available\nMem: \(row)\n"
    let total = try #require(row.split(separator: " ").first.flatMap { Int64($0) })
    #expect(try amounts(text)["MemTotal"] == total * unit)
  }

  @Test(arguments: ["# free\n", "$ free | head\n", "_root@box:~# free\n", "free\n", "$ free -t\n"])
  func `free without a unit prints KiB, whatever the numbers are`(command: String) throws {
    let text = command + " total used free shared buffers\nMem: 254548 217692 36856 22944 10528\n"
    #expect(try Free(text).lines.first?.amount.bytes == 254_548 << 10)
  }

  @Test func `a word of prose is no command`() {
    let text = "free memory is low\n total used free\nMem: 487 121 40\n"
    #expect(throws: ParseError.self) { try Free(text) }
  }

  @Test func `all rows tell that free prints KiB`() throws {
    let text = """
                   total         used         free       shared      buffers
      Mem:        254548       217692        36856        22944        10528
      -/+ buffers:             207164        47384

      """
    #expect(try Free(text).lines.first?.amount.bytes == 254_548 << 10)
  }

  @Test func `columns without a heading are told by the rows`() throws {
    let old = "Mem:  16062  12391  3671  0  0  43\n-/+ buffers/cache:  12347  3714\nSwap: 0 0 0\n"
    let before = try Free(old).lines
    #expect(before.first { $0.name == "Cached" }?.amount.bytes == 43 << 20)
    #expect(before.first { $0.name == "MemFree" }?.amount.bytes == 3671 << 20)
    let new = "Mem:  24105  1272  18691  8  4141  22833\nSwap: 0 0 0\n"
    #expect(try Free(new).lines.first { $0.name == "MemAvailable" }?.amount.bytes == 22833 << 20)
    let other = "Mem:  24105  9272  18691  8  4141  22833\n"
    #expect(try Free(other).lines.map(\.name) == ["MemTotal"])
  }

  @Test func `numbers that may be of two units are refused with what to do`() {
    let text = "  total  used  free  shared  buff/cache  available\nMem: 487 121 40 1 325 351\n"
    let error = #expect(throws: ParseError.self) { try Free(text) }
    #expect(error?.line == 2)
    #expect(error?.reason.contains("$ free -m") == true)
  }

  @Test func `whole GiB may be off by one`() throws {
    let free = try Free("$ free -g\n total used free\nMem: 251 200 10\n")
    #expect(free.lines.map(\.amount.error) == [1_073_741_824, 1_073_741_824, 1_073_741_824])
  }

  @Test func `readable amounts have units of their own`() throws {
    let text = """
            total   used    free   shared  buff/cache  available
      Mem:    15G   3.7G    641M     222M         11G        11G
      Swap:   15G   194M     15G

      """
    let lines = try amounts(text)
    #expect(lines["MemFree"] == 672_137_216)
    #expect(lines["used"] == 3_972_844_748)
  }
}
