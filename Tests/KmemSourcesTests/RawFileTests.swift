import Foundation
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemSources

@Suite struct RawFileTests {
  @Test(arguments: [
    ("x", SampleTree.meminfo, "proc/meminfo"), ("x", SampleTree.slabinfo, "proc/slabinfo"),
    ("x", SampleTree.vmstat, "proc/vmstat"),
    ("x", "Node 0, zone      DMA      1      0\n", "proc/buddyinfo"),
    ("x", "Node 0, zone      DMA\n  pages free     3840\n", "proc/zoneinfo"),
    ("x", "junk\nunreferenced object 0xffff (size 8):\n", "sys/kernel/debug/kmemleak"),
    ("x", "#\n# CONFIG_X is not set\nCONFIG_Y=y\n", "proc/config"),
    ("x", "ext4 1 2 jbd2, Live 0x0000000000000000\n", "proc/modules"),
    ("x", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n", "proc/pressure/memory"),
    ("x", "allocinfo - version: 1.0\n", "proc/allocinfo"),
    ("x", "[    0.000000] Linux version 6.1\n", "var/log/dmesg"),
    ("x", "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME\n", "text/slabtop"),
    ("x", "name,active_objs,num_objs,objsize\nkmalloc-64,88,89,64\n", "text/slabinfo-table"),
    ("x", "       total   used   free   shared  buff/cache   available\nMem: 9 9 9\n", "text/free"),
    ("x", "    total  used  free  shared    buffers     cached\nMem: 9 9 9\n", "text/free"),
    ("x", "     24683656 K total memory\n", "text/vmstat-s"),
    ("x", "MiB Mem :  24105.1 total,  1.0 free,   1.6 used,   4.8 buff/cache\n", "text/top"),
    ("x", "Mem:   4051792k total,  3887764k used,   164028k free\n", "text/top"),
    ("x", "  PID USER  PR  NI  VIRT  RES  SHR S %CPU %MEM    TIME+  COMMAND\n", "text/top"),
    ("x", "Per-node system memory usage (in MBs):\n", "text/numastat-m"),
    ("x", "kernel dynamic memory       4376860    4195800     181060\n", "text/smem-w"),
    ("x", "  PID User     Command       Swap      USS      PSS      RSS\n", "text/smem"),
    ("x", "USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n", "text/ps"),
    ("x", "  PID   RSS COMMAND\n", "text/ps"),
    ("x", "7 times:\nPage allocated via order 0, mask 0x1\n", "sys/kernel/debug/page_owner"),
    ("x", "Node 0 MemTotal:   100 kB\n", "proc/meminfo"),
    ("x", "SReclaimable:  100 kB\nSUnreclaim:    80 kB\n", "proc/meminfo"),
    ("config-6.1.0-18-amd64", "CONFIG_Y=y\n", "boot/config-6.1.0-18-amd64"),
    ("slabinfo-foo.txt", "no header here\n", "proc/slabinfo"),
    ("proc/pressure/io", "", "proc/pressure/io"),
    ("sys/kernel/debug/kmemleak", "", "sys/kernel/debug/kmemleak"),
    ("zoneinfo", "", "proc/zoneinfo"),
  ])
  func `a file is recognised by its name or its contents`(
    name: String, text: String, source: String
  ) throws {
    let directory = try TemporaryDirectory()
    let capture = try ArchiveTree(try directory.write(name, text)).capture()
    #expect(Array(capture.sources.keys) == [source])
    #expect(capture[source].bytes == Array(text.utf8))
    #expect(capture.kind == .file)
  }

  @Test(arguments: ["dmesg.txt", "var/log/dmesg"])
  func `a log in which kmemleak reported is read for the report`(name: String) throws {
    let directory = try TemporaryDirectory()
    let log = "[    0.000000] Linux version 6.1\n[  9.1] kmemleak: unreferenced object 0xff\n"
    let capture = try ArchiveTree(try directory.write(name, log)).capture()
    #expect(Array(capture.sources.keys) == ["sys/kernel/debug/kmemleak"])
    #expect(capture.remarks == [])
  }

  @Test func `contents that contradict the name win and are remarked on`() throws {
    let directory = try TemporaryDirectory()
    let capture = try ArchiveTree(try directory.write("meminfo", SampleTree.slabinfo)).capture()
    #expect(Array(capture.sources.keys) == ["proc/slabinfo"])
    #expect(capture.remarks.count == 1)
  }

  @Test(arguments: ["gzip", "xz", "bzip2", "zstd -q --rm"])
  func `a compressed kernel file is unpacked`(program: String) throws {
    let directory = try TemporaryDirectory()
    try directory.write("zoneinfo", "Node 0, zone      DMA\n  pages free     3840\n")
    try #require(try directory.run("\(program) zoneinfo") == 0)
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: directory.path).first)
    let capture = try ArchiveTree("\(directory.path)/\(name)").capture()
    #expect(capture["proc/zoneinfo"].bytes.starts(with: Array("Node 0".utf8)))
  }

  @Test(arguments: [
    ("unknown", "hello\n", "nothing that kmemcheck understands"), ("x", "", "empty"),
  ])
  func `a file that isn't understood is an error that lists what is`(
    name: String, text: String, words: String
  ) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(name, text)
    let error = try #require(throws: SourceError.self) { try ArchiveTree(path).capture() }
    #expect(error.kind == .badData)
    #expect(error.message.contains(words))
  }

  @Test func `a file that isn't there is no such input`() throws {
    let error = try #require(throws: SourceError.self) {
      try capture(at: .path("/nonexistent/file"))
    }
    #expect(error.kind == .noSuchInput)
  }

  @Test func `a pipe is read like a file`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try #require(try directory.run("tar -czf a.tgz root && mkfifo p") == 0)
    try #require(try directory.run("(cat a.tgz > p &)") == 0)
    let capture = try capture(at: .path("\(directory.path)/p"))
    #expect(capture.sources.count == 4)
  }

  @Test func `bytes that aren't compressed are returned as they are`() throws {
    #expect(try decompressed([1, 2, 3]) == [1, 2, 3])
    #expect(throws: SourceError.self) { try decompressed([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]) }
  }

  @Test func `what gzip packed in one piece comes out whole, and nothing out of a damaged one`()
    throws
  {
    let directory = try TemporaryDirectory()
    try #require(try directory.run("seq 100000 > plain && gzip -k plain") == 0)
    let plain = try directory.bytes(of: "plain")
    let packed = try directory.bytes(of: "plain.gz")
    #expect(gunzipped(packed, limit: plain.count) == plain)
    #expect(gunzipped(packed, limit: plain.count - 1) == nil)
    #expect(gunzipped(Array(packed.dropLast()), limit: .max) == nil)
    #expect(gunzipped(packed + [0], limit: .max) == nil)
    #expect(gunzipped([], limit: .max) == nil)
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      var damaged = packed
      damaged[Int.random(in: 10..<packed.count, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      #expect(gunzipped(damaged, limit: 1 << 20) == nil, "seed \(seed)")
    }
  }

  @Test func `what gzip packed in two pieces comes out whole`() throws {
    let directory = try TemporaryDirectory()
    try #require(try directory.run("echo a | gzip > two.gz && echo b | gzip >> two.gz") == 0)
    #expect(try decompressed(try directory.bytes(of: "two.gz")) == Array("a\nb\n".utf8))
  }

  @Test func `more than allowed doesn't come out of a compressed file`() throws {
    let directory = try TemporaryDirectory()
    try #require(try directory.run("head -c 1000000 /dev/zero | gzip > z.gz") == 0)
    let packed = try directory.bytes(of: "z.gz")
    #expect(try decompressed(packed).count == 1_000_000)
    #expect(throws: SourceError.self) { try decompressed(packed, limit: 999_999) }
  }
}
