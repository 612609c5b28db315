import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// The last line of `show` where tools printed what is read.
@Suite struct FormVerdictTests {
  private func verdict(_ files: [String: String]) -> String {
    ShowVerdict(Health(snapshot(files))).sentence
  }

  private func snapshot(_ files: [String: String]) -> Snapshot {
    Snapshot(
      Capture(
        origin: "paste", kind: .file,
        sources: files.mapValues { SourceReading(outcome: .read, bytes: Array($0.utf8)) }))
  }

  private func slabtop(_ row: String) -> String {
    """
     Active / Total Caches (% used)     : 105 / 129 (81.4%)
     Active / Total Size (% used)       : 47121380.33K / 47376581.93K (99.5%)
      OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME
    \(row)

    """
  }

  @Test func `the cache that holds most of what slabtop calls total is named`() {
    let row = "734506368 734506368 100%    0.06K 11476662       64  45906648K ebitmap_node"
    let line = verdict(["text/slabtop": slabtop(row)])
    #expect(line.hasPrefix("Verdict: warning: slab cache ebitmap_node holds 43.8 GiB in "))
    #expect(line.hasSuffix("97 % of all slab"))
  }

  @Test func `where no cache stands out the largest is named`() {
    let row = "777084 777084 100%    0.19K  37004       21    148016K kmalloc-192"
    #expect(
      verdict(["text/slabtop": slabtop(row)]) == "Verdict: no warning; the largest slab cache is "
        + "kmalloc-192 (kmalloc buffers of any caller) with 144.5 MiB, 0.3 % of 45.2 GiB. One screen "
        + "can't show growth: save another later, with /proc/meminfo, then kmemcheck diff")
  }

  @Test func `a large cache of inodes is said to be given back`() {
    let row = "51418016 50634618  93%    0.94K 671648       17  30746368K ext4_inode_cache"
    #expect(
      verdict(["text/slabtop": slabtop(row)]).contains(
        "ext4_inode_cache (inodes of ext4) with 29.3 GiB, 65 % of 45.2 GiB, given back when programs "
          + "need memory"))
  }

  @Test func `the head of slabtop alone tells what all caches hold`() {
    let head = " Active / Total Size (% used)       : 386092.82K / 401266.20K (96.2%)\n"
    #expect(
      verdict(["text/slabtop": head]).hasPrefix(
        "Verdict: no warning; all slab caches hold 391.9 MiB, and none of them is listed"))
  }

  @Test func `one line of meminfo says for which machines it is much`() {
    #expect(
      verdict(["proc/meminfo": "SUnreclaim:     42964948 kB\n"]) == "Verdict: unreclaimable slab "
        + "holds 41.0 GiB, much for a machine with less than 819.5 GiB; MemTotal isn't in meminfo: "
        + "copy the whole /proc/meminfo, and /proc/slabinfo, which names the caches")
  }

  @Test func `lines without MemTotal name the most that the kernel has`() {
    let lines = "Slab:  500000 kB\nSUnreclaim:  300000 kB\nPercpu:  400000 kB\n"
    #expect(
      verdict(["proc/meminfo": lines])
        == "Verdict: not enough data; the most that the kernel has by "
        + "these lines is percpu with 390.6 MiB; MemTotal isn't in meminfo: copy the whole "
        + "/proc/meminfo")
  }

  @Test func `free beside picked lines of meminfo tells of how much they are parts`() {
    let free = """
                   total       used       free     shared    buffers     cached
      Mem:     132178760  105858612   26320148   11323556     720948   35920948
      -/+ buffers/cache:   69216716   62962044
      Swap:      4200444        232    4200212

      """
    let lines = "Cached: 34183672 kB\nSlab: 67326708 kB\nSReclaimable: 1737252 kB\n"
    let line = verdict(["text/free": free, "proc/meminfo": lines])
    #expect(line.hasPrefix("Verdict: warning: unreclaimable slab holds 62.6 GiB (50 %)"), "\(line)")
  }

  @Test func `a table that somebody made of slabinfo is read, and clears nobody`() {
    let table =
      "name,active_objs,num_objs,objsize\nkmalloc-64,8812345,8812352,64\ndentry,9,21,192\n"
    let line = verdict(["text/slabinfo-table": table])
    #expect(line.contains("kmalloc-64") && line.contains("537.9 MiB"), "\(line)")
    #expect(!line.contains("nothing stands out"))
  }

  @Test func `free tells what is available and no more`() {
    let text =
      "$ free -m\n total used free shared buff/cache available\nMem: 7821 2100 300 10 5420 5300\n"
    #expect(
      verdict(["text/free": text])
        == "Verdict: memory isn't short: 5.2 GiB of 7.6 GiB are available."
        + " Who holds the rest isn't in it: copy the whole /proc/meminfo")
  }

  @Test func `what is in use beside all programs is the kernel's or in files`() {
    let ps = "PID RSS COMMAND\n1 1048576 /sbin/init\n77 1048576 mysqld\n"
    let text = "$ free -g\n total used free shared buff/cache available\nMem: 31 28 1 0 2 2\n"
    let line = verdict(["text/free": text, "text/ps": ps])
    #expect(line.contains("28.0 GiB are in use, and programs have at most 2.0 GiB in memory"))
    #expect(line.contains("at least 26.0 GiB are the kernel's"))
  }

  @Test func `a list that was cut is no bound of all programs`() {
    let line = verdict(["text/ps": "PID RSS COMMAND\n77 1048576 mysqld\n"])
    #expect(line.contains("the 1 process listed has at most 1.0 GiB in memory: mysqld (pid 77)"))
  }

  @Test func `page_owner names who holds most pages`() {
    let text = """
      699487 times:
      Page allocated via order 0, mask 0x280da
       __alloc_pages_nodemask+0x1de/0xb00
       driver_dma_populate+0x502/0x900 [drv]

      """
    #expect(
      verdict([PageOwner.path: text]).contains(
        "driver_dma_populate [drv] holds 2.7 GiB in 699 487 pages, 100 % of what page_owner lists"))
  }

  @Test func `what is neither free nor on a list is said of vmstat -s`() {
    let text = """
      1000000 K total memory
      100000 K active memory
      100000 K inactive memory
      200000 K free memory

      """
    #expect(
      verdict(["text/vmstat-s": text]).contains("585.9 MiB are neither free nor on the lists"))
  }

  @Test func `the form and its rounding are said beside the answer and in the document`() {
    let health = Health(snapshot(["text/free": "$ free -g\n total used free\nMem: 31 28 1\n"]))
    #expect(
      health.moment.notes == [
        "free stands for /proc/meminfo; it rounds: an amount may be off by 1.0 GiB"
      ])
    #expect(ShowJSON.document(health).text.contains("\"rounding\" : 1073741824"))
  }

  @Test func `a size that was rounded is shown as such`() {
    let row = "734506368 734506368 100%    0.06K 11476662       64  45906648K ebitmap_node"
    let health = Health(snapshot(["text/slabtop": slabtop(row)]))
    let text = ShowText(health, style: Style(isColored: false, width: 120), isVerbose: false).text
    #expect(text.contains("≈61"))
    #expect(text.contains("slabtop lists 1 of 129 caches"))
  }
}
