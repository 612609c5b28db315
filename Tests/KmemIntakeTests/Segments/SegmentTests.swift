import KmemIntake
import Testing

@Suite("Kernel files in one text")
struct SegmentTests {
  @Test("A text of one file has one section, which is the text")
  func oneFile() {
    let found = intake(Short.meminfo)
    #expect(found.paths == [["proc/meminfo"]])
    #expect(found.text(1) == Short.meminfo)
  }

  @Test(
    "Files are found whatever announces them",
    arguments: [
      ("$ cat /proc/meminfo\n", "$ cat /proc/slabinfo\n"),
      ("root@host:~# cat /proc/meminfo\n", "root@host:~# cat /proc/slabinfo\n"),
      ("[me@host ~]$ sudo cat /proc/meminfo\n", "[me@host ~]$ sudo cat /proc/slabinfo\n"),
      ("==> /proc/meminfo <==\n", "\n==> /proc/slabinfo <==\n"),
      (
        "::::::::::::::\n/proc/meminfo\n::::::::::::::\n",
        "::::::::::::::\n/proc/slabinfo\n::::::::::::::\n"
      ),
      ("--- /proc/meminfo ---\n", "--- /proc/slabinfo ---\n"), ("```\n", "```\n\nand\n```\n"),
      ("/proc/meminfo:\n", "/proc/slabinfo:\n"), ("Hello,\nhere it is:\n\n", "\nand this too:\n\n"),
      ("", ""),
    ])
  func announced(first: String, second: String) {
    let found = intake(first + Short.meminfo + second + Short.slabinfo + "\nThanks, N.\n")
    #expect(found.paths == [["proc/meminfo", "proc/slabinfo"]])
    #expect(found.text(1) == Short.meminfo)
    #expect(found.text(1, "proc/slabinfo") == Short.slabinfo)
  }

  @Test("Files that follow each other without anything between are told by their lines")
  func adjacent() {
    let text =
      Short.vmstat + Short.buddyinfo
      + "Node 0, zone   Normal\n  pages free     3840\n        min      67\n"
      + Short.meminfo + Short.slabinfo
    #expect(
      intake(text).paths == [
        ["proc/vmstat", "proc/buddyinfo", "proc/zoneinfo", "proc/meminfo", "proc/slabinfo"]
      ])
  }

  @Test("Single numbers are taken where the file they stand in was announced")
  func announcedNumbers() {
    let text =
      "$ cat /proc/meminfo\n\(Short.meminfo)$ cat /proc/loadavg\n0.10 0.20 0.30 1/512 999\n$ exit\n"
    let found = intake(text)
    #expect(found.paths == [["proc/meminfo", "proc/loadavg"]])
    #expect(found.text(1, "proc/loadavg") == "0.10 0.20 0.30 1/512 999\n")
  }

  @Test("Lines picked out by grep are found without the file's first line")
  func excerpt() {
    let found = intake(
      "I see this:\n\nHugePages_Total:    4096\nHugePages_Free:     4096\nSUnreclaim: 3 kB\nbye\n")
    #expect(found.paths == [["proc/meminfo"]])
    #expect(found[1]?.moment.sections.first?.firstLine == 3)
  }

  @Test("Lines above the first one that tells are the file's too, if they may be")
  func linesAbove() {
    let text = "$ grep Huge /proc/meminfo\nAnonHugePages:         8 kB\nHugePages_Total:    4096\n"
    #expect(intake(text).text(1).hasPrefix("AnonHugePages:"))
  }

  @Test(
    "Prose and other files are no kernel files",
    arguments: [
      "127.0.0.1 localhost\n", "The Slab: line grew\n",
      "Rss:  12 kB\nAnonHugePages: 0 kB\nSwap: 0 kB\n",
      "total 12\ndrwxr-xr-x 2 root root 4096 Jan  1 10:00 x\n", "",
    ])
  func prose(text: String) { #expect(intake(text).count == 0) }

  @Test("Of modules and options, a few lines are no list of all")
  func excerptOfList() {
    let text = "ext4 737280 1 - Live 0x0000000000000000\nCONFIG_SLUB=y\n" + Short.meminfo
    #expect(intake(text).paths == [["proc/meminfo"]])
  }

  @Test("It is the same in whatever pieces the text comes", arguments: [1, 2, 7, 64, 1000])
  func pieces(size: Int) {
    let text = Array(
      ("10:00\n" + Short.meminfo + "x\n" + Short.slabinfo + "11:00\n" + Short.later).utf8)
    let (whole, parts) = (intake(text), intake(text, pieces: size))
    #expect(whole.count == 2 && parts.count == 2)
    for number in 1...2 { #expect(whole[number] == parts[number]) }
  }
}
