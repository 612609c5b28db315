import KmemIntake
import Testing

@Suite("Moments in one text")
struct MomentTests {
  /// Two meminfos with something above each.
  private func two(_ first: String, _ second: String) -> Intake {
    intake(first + Short.meminfo + second + Short.later)
  }

  private func seconds(_ found: Intake) -> Double? {
    guard let first = found[1]?.clock, let last = found[2]?.clock else { return nil }
    return last - first
  }

  @Test(
    "Times above files are those of moments",
    arguments: [
      ("Tue Jul 29 04:00:02 MSK 2025\n", "Tue Jul 29 06:26:53 MSK 2025\n", 8811.0),
      ("Tue 29 Jul 2025 11:00:02 PM CEST\n", "Wed 30 Jul 2025 01:00:02 AM CEST\n", 7200),
      ("=== 10:00\n", "=== 11:00\n", 3600),
      ("2025-07-29 04:00:02\n", "2025-07-29 05:00:02\n", 3600),
      ("2025-07-29T04:00:02+02:00\n", "2025-07-29T04:00:02Z\n", 7200),
      ("# 1700000000\n", "# 1700003600\n", 3600),
      ("zzz ***Fri Mar 1 00:00:01 CET 2019\n", "zzz ***Fri Mar 1 00:30:01 CET 2019\n", 1800),
      (
        " 11:28:15 up 10 min,  1 user,  load average: 0,28, 0,40\n",
        " 11:56:15 up 38 min,  1 user,  load average: 0,58\n", 1680
      ),
      ("12345.67 45678.90\n", "12405.67 45778.90\n", 60),
      ("Dec 31 23:30:00\n", "Jan  1 00:30:00\n", 3600),
      ("23:30:00\n", "00:30:00\n", 3600), ("20250729-040002\n", "20250729-050002\n", 3600),
      (
        "$ date; cat /proc/meminfo\nTue Jul 29 04:00:02 UTC 2025\n",
        "$ date; cat /proc/meminfo\nTue Jul 29 05:00:02 UTC 2025\n", 3600
      ),
      ("Sun Mar 30 01:30:00 CET 2025\n", "Sun Mar 30 03:30:00 CEST 2025\n", 3600),
    ])
  func times(first: String, second: String, between: Double) {
    let found = two(first, second)
    #expect(found.count == 2)
    #expect(seconds(found) == between)
    #expect(found.text(1) == Short.meminfo && found.text(2) == Short.later)
  }

  @Test("Moments are in the order of their times, not of the text")
  func order() {
    let found = two("2025-07-29 06:00:00\n", "2025-07-29 04:00:00\n")
    #expect(found.text(1) == Short.later && found.text(2) == Short.meminfo)
  }

  @Test("Times that stand below what they are of")
  func timesBelow() {
    let found = intake(
      Short.meminfo + "Wed 15 Jul 21:57:59 BST 2020\n\n" + Short.later
        + "Thu 16 Jul 21:57:59 BST 2020\n")
    #expect(found.count == 2)
    #expect(seconds(found) == 86400)
  }

  @Test(
    "A file that begins again is another moment, whatever stands between",
    arguments: ["", "\n", "and later\n", "after:\n", "```\n```\n", "$ cat /proc/meminfo\n"])
  func beginsAgain(between: String) {
    let found = two("", between)
    #expect(found.count == 2)
    #expect(found.text(1) == Short.meminfo || found.text(1) == Short.meminfo + "\n")
    #expect(found.text(2) == Short.later)
  }

  @Test("Two slabinfos are two moments, never their sum")
  func slabinfos() {
    #expect(
      intake(Short.slabinfo + Short.slabinfo).paths == [["proc/slabinfo"], ["proc/slabinfo"]])
  }

  @Test("Ten rows of one cache are ten moments")
  func rowsOfOneCache() {
    let found = intake((1...10).map { Short.row($0 * 640) }.joined())
    #expect(found.count == 10)
    #expect(found.text(10, "proc/slabinfo") == Short.row(6400))
  }

  @Test("Rows that repeat in the same order are as many moments as repetitions")
  func rowsOfTwoCaches() {
    let pair = Short.row(64) + "dentry 40 40 192 21 1 : tunables 0 0 0 : slabdata 2 2 0\n"
    #expect(intake(pair + pair + pair).count == 3)
  }

  @Test("Rows sorted by cache are of as many moments as each cache has rows")
  func rowsByCache() {
    let dentry = "dentry 40 40 192 21 1 : tunables 0 0 0 : slabdata 2 2 0\n"
    let found = intake(Short.row(64) + Short.row(128) + Short.row(192) + dentry + dentry + dentry)
    #expect(found.count == 3)
    #expect(found.text(3, "proc/slabinfo") == Short.row(192) + dentry)
  }

  private func dentry(_ objects: Int) -> String {
    "dentry \(objects) \(objects) 192 21 1 : tunables 0 0 0 : slabdata \(objects / 21) 2 0\n"
  }

  @Test(
    "Rows sorted by cache are moments, wherever the text cuts one off",
    arguments: [
      [5, 1], [5, 2], [5, 4], [1, 5], [4, 5], [5, 5, 2], [5, 4, 5], [2, 5, 5], [3, 1], [2, 2, 1],
    ])
  func cutRuns(lengths: [Int]) {
    let names = ["kmalloc-64", "dentry", "inode_cache"]
    let text = zip(names, lengths).map { name, length in
      (1...length).map { dentry($0 * 42).replacing("dentry", with: name) }.joined()
    }
    let found = intake(text.joined())
    #expect(found.count == lengths.max())
    let last = zip(names, lengths).filter { $0.1 == lengths.max() }
    #expect(found[found.count]?.moment.sections.first?.text.filter { $0 == 10 }.count == last.count)
  }

  @Test("A row that was cut within is of no other moment")
  func cutRow() {
    let text = (1...10).map { Short.row($0 * 640) }.joined() + dentry(42) + "dentry 63 63 192 21\n"
    let found = intake(text)
    #expect(found.count == 10)
    #expect(found.text(10, "proc/slabinfo") == Short.row(6400))
  }

  @Test("A cache that came later ends no round of rows")
  func cacheThatCameLater() {
    let pair = Short.row(64) + dentry(42)
    let found = intake(
      pair + pair + pair + "inode_cache 9 9 600 9 1 : tunables 0 0 0 : slabdata 1 1 0\n")
    #expect(found.count == 3)
  }

  @Test("Caches of one name in a whole slabinfo are of one moment")
  func whole() {
    let others = (0..<9).map { dentry(42).replacing("dentry", with: "cache_\($0)") }.joined()
    let same = Short.row(64) + Short.row(64) + Short.row(64)
    #expect(intake("slabinfo - version: 2.1\n" + same + others).count == 1)
    #expect(intake(same + others).count == 1)
    #expect(intake(others + same).count == 1)
  }

  @Test("Two rows of one name among others are of one moment")
  func twoRowsOfOneName() {
    let text =
      Short.row(64) + "dentry 40 40 192 21 1 : tunables 0 0 0 : slabdata 2 2 0\n" + Short.row(128)
      + "inode 40 40 192 21 1 : tunables 0 0 0 : slabdata 2 2 0\n"
    #expect(intake(text).count == 1)
  }

  @Test("All files between two times are of one moment")
  func loop() {
    let round = Short.meminfo + Short.slabinfo
    let found = intake((0..<5).map { "2025-07-29 0\($0):00:00\n" + round }.joined())
    #expect(found.paths == Array(repeating: ["proc/meminfo", "proc/slabinfo"], count: 5))
  }

  @Test("A time among the files of one mail makes no second moment")
  func timeWithin() {
    let text =
      "$ cat /proc/meminfo\n\(Short.meminfo)$ uptime\n 11:28:15 up 10 min\n$ cat /proc/slabinfo\n\(Short.slabinfo)"
    let found = intake(text)
    #expect(found.paths == [["proc/meminfo", "proc/slabinfo"]])
    #expect(found[1]?.up == 600)
  }

  @Test("Two excerpts of one file, with other lines each, are of one moment")
  func twoExcerpts() {
    let found = intake(
      "$ grep Slab /proc/meminfo\nSlab: 5 kB\n$ grep Huge /proc/meminfo\nHugePages_Total: 0\n")
    #expect(found.paths == [["proc/meminfo"]])
    #expect(found.text(1) == "Slab: 5 kB\nHugePages_Total: 0\n")
  }

  @Test("Words say which of two moments without times was before")
  func headings() {
    let found = two("After the test:\n", "Before the test:\n")
    #expect(found.text(1) == Short.later)
    #expect(found[1]?.moment.heading == "Before the test")
  }

  @Test(
    "What says when something was posted is no time of a moment",
    arguments: [
      "On 27.01.2014 [14:58:05 +0900], J wrote:\n", "Date: Mon, 27 Jan 2014 14:58:05 +0900\n",
      "Posted: 2014-01-27 14:58\n",
    ])
  func posts(line: String) {
    #expect(two(line, line)[1]?.clock == nil)
  }

  @Test("Of many moments the first, the last and the wanted one are kept")
  func many() {
    let text = (0..<500).map { number in "=== \(1_700_000_000 + number * 60)\nSlab: \(number) kB\n"
    }.joined()
    let found = intake(Array(text.utf8), wanted: 7, budget: 200)
    #expect(found.count == 500)
    #expect(found.text(1) == "Slab: 0 kB\n" && found.text(7) == "Slab: 6 kB\n")
    #expect(found.text(500) == "Slab: 499 kB\n" && found[100] == nil)
    #expect(found.keptBytes < 400)
  }
}
