import Foundation
import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite struct ReadFileTests {
  @Test func `a kernel file is read whole although its size is zero`() throws {
    let bytes = readFile("/proc/self/status").bytes
    #expect(bytes.starts(with: Array("Name:".utf8)))
    let kallsyms = readFile("/proc/kallsyms")
    #expect(kallsyms.outcome != .read || kallsyms.bytes.last == 10)
    #expect(kallsyms.bytes.count == 0 || kallsyms.bytes.count > 100_000)
  }

  @Test func `a file that isn't there is absent`() {
    let reading = readFile("/proc/nonexistent")
    #expect(reading.outcome == .absent)
    #expect(reading.reason == "no such file")
  }

  @Test func `reading that fails after a good open is told from a file that can't be opened`() {
    let reading = readFile("/proc/self/mem")
    #expect(reading.outcome == .failed)
    #expect(reading.reason?.hasPrefix("opened, but reading fails") == true)
    #expect(readFile("/proc").reason?.hasPrefix("opened, but reading fails") == true)
  }

  @Test func `a longer file than allowed is cut and says so`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("a", "0123456789")
    let cut = readFile(path, limit: 4)
    #expect(cut.outcome == .truncated)
    #expect(cut.bytes == Array("0123".utf8))
    #expect(readFile(path, limit: 10).outcome == .read)
  }

  @Test func `a source that hangs is given up and the rest is still read`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("proc/meminfo", SampleTree.meminfo)
    try directory.write("proc/vmstat", SampleTree.vmstat)
    try #require(
      try directory.run("mkfifo proc/hangs && (sleep 30 > proc/hangs &) ; mkfifo proc/waits") == 0)
    let kernel = LiveKernel(
      root: directory.path,
      catalog: SourceCatalog([
        SourceSpec("proc/meminfo"), SourceSpec("proc/hangs"), SourceSpec("proc/waits"),
        SourceSpec("proc/vmstat"), SourceSpec("proc/missing"),
      ]))
    let start = ContinuousClock.now
    let capture = try kernel.capture()
    #expect(start.duration(to: .now) < .seconds(8))
    #expect(capture["proc/meminfo"].outcome == .read)
    #expect(capture["proc/hangs"].outcome == .timedOut)
    #expect(capture["proc/waits"].outcome == .timedOut)
    #expect(capture["proc/waits"].reason == "not read within 1000 ms")
    #expect(capture["proc/vmstat"].bytes == Array(SampleTree.vmstat.utf8))
    #expect(capture["proc/missing"].outcome == .absent)
  }

  @Test func `a last source that hangs doesn't keep the others`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a", "x")
    try #require(try directory.run("mkfifo b") == 0)
    let catalog = SourceCatalog([SourceSpec("a"), SourceSpec("b")])
    let capture = try LiveKernel(root: directory.path, catalog: catalog).capture()
    #expect(capture["a"].outcome == .read)
    #expect(capture["b"].outcome == .timedOut)
  }

  @Test func `a patient reading goes on as long as bytes arrive, and no longer`() throws {
    let directory = try TemporaryDirectory()
    let slow = "(for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.4; done > slow &)"
    let stuck = "((echo 1; sleep 30) > stuck &)"
    try #require(try directory.run("mkfifo slow stuck && \(slow) && \(stuck)") == 0)
    let folder = directory.path
    let readings = try ReadingQueue.read(
      [("slow", true), ("stuck", true)].map { name, isPatient in
        ReadingJob(path: name, deadline: 1500, isPatient: isPatient) {
          readFile("\(folder)/\(name)", progress: $0)
        }
      })
    #expect(readings[0].outcome == .read)
    #expect(readings[0].bytes == Array("1\n2\n3\n4\n5\n6\n7\n8\n".utf8))
    #expect(readings[0].milliseconds > 1500)
    #expect(readings[1].outcome == .timedOut)
    #expect(readings[1].reason == "nothing was read for 1500 ms")
  }

  @Test func `what may block is read patiently, what is cheap is not`() {
    let specs = SourceCatalog.live.specs
    let kmemleak = specs.first { $0.pattern.text == "sys/kernel/debug/kmemleak" }
    #expect(kmemleak?.cost == .blocking)
    #expect(specs.first { $0.pattern.text == "proc/meminfo" }?.cost == .cheap)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read every file"))
  func `a file that may not be read is denied`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("a", "x")
    try #require(try directory.run("chmod 0 a") == 0)
    #expect(readFile(path).outcome == .denied)
  }

  @Test(arguments: [
    "a: vmalloc: allocation failure: 8192 bytes, mode:0xd2, nodemask=(null)",
    "a: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0xd2",
    "a: vmalloc size 8192 allocation failure: page order 0 allocation failed, mode:0xcc2(GFP_KERNEL)",
    "a: vmalloc error: size 8192, failed to allocate pages, mode:0xdc0(GFP_KERNEL|__GFP_ZERO)",
    "vmap allocation for size 8192 failed: use vmalloc=<size> to increase size.",
    "vmalloc_node_range for size 8192 failed: Address range restricted to 0x1000 - 0x9000",
    "cma: cma_alloc: alloc failed, req-size: 1024 pages, ret: -12",
    "cma: __cma_alloc: linux,cma: alloc failed, req-size: 1024 pages, ret: -12",
    "SLUB: Unable to allocate memory on node -1 (gfp=0x20)",
    "a: page allocation failure. order:5, mode:0xd0",
    "Memory cgroup out of memory: Killed process 7 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB",
  ]) func `every line with which a report on memory begins is chosen, and is one to show`(
    _ line: String
  ) {
    var filter = KernelLogFilter()
    filter.add(record: Array("4,1,1000000,-;\(line)\n".utf8))
    #expect(filter.lines == Array("[    1.000000] \(line)\n".utf8))
    #expect(MemoryReports(filter.lines.span).reports.count == 1)
  }

  @Test
  func `numbers of memory below a failure of vmalloc are chosen, and the cache below a slab's`() {
    let words = ["a: vmalloc error: size 8192, x", "Mem-Info:", "active_anon:900 inactive_anon:9"]
    let slab = [
      "SLUB: Unable to allocate memory on node -1", "  cache: a, object size: 8, order: 0",
    ]
    for lines in [words, slab, ["Mem-info:", "active_anon:9"]] {
      var filter = KernelLogFilter()
      for line in lines { filter.add(record: Array("4,1,1000000,-;\(line)\n".utf8)) }
      #expect(filter.lines.count { $0 == UInt8(ascii: "\n") } == lines.count)
    }
  }

  @Test func `the records of the kernel's log that speak of memory are chosen`() {
    var filter = KernelLogFilter()
    let records = [
      "6,1,12345678,-;kmemleak: 3 new suspected memory leaks\n SUBSYSTEM=x\n",
      "6,2,12345679,-;usb 1-1: new device",
      "4,3,99000001,-;a.out invoked oom-killer: gfp_mask=0x1",
      "4,4,99000002,-;Mem-Info:", "3,5,99000003,-;Out of memory: Killed process 7 (a.out)",
      "6,6,99000004,-;unrelated", "broken",
    ]
    for record in records { filter.add(record: Array(record.utf8)) }
    let expected = """
      [   12.345678] kmemleak: 3 new suspected memory leaks
      [   99.000001] a.out invoked oom-killer: gfp_mask=0x1
      [   99.000002] Mem-Info:
      [   99.000003] Out of memory: Killed process 7 (a.out)

      """
    #expect(String(decoding: filter.lines, as: UTF8.self) == expected)
  }
}
