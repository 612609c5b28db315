import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@Suite struct MemoryMapTests {
  private static let process = ProcessMemory(ProcessRecord(pid: 1))

  private func areas(_ text: String) -> [MapArea] {
    let bytes = Array(text.utf8)
    var collector = MapCollector()
    collector.read(bytes.span)
    return collector.finish()
  }

  private func mapping(_ range: String, _ permissions: String, _ path: String, kib: Int = 4)
    -> String
  {
    "\(range) \(permissions) 00000000 00:00 0 \(path)\nSize: \(kib) kB\nRss: \(kib) kB\n"
      + "Pss: \(kib) kB\nPrivate_Dirty: \(kib) kB\nSwap: 0 kB\n"
  }

  @Test(
    arguments: [
      ("r-xp", "/usr/bin/a", MapKind.text), ("r--p", "/usr/bin/a", .file),
      ("rw-p", "/usr/bin/a", .data), ("rw-s", "/var/db", .file), ("rw-p", "[heap]", .heap),
      ("rw-p", "[stack]", .stack), ("rw-p", "[stack:812]", .stack), ("rw-p", "", .anon),
      ("rw-s", "", .shm), ("rw-s", "/dev/shm/x", .shm), ("rw-s", "/SYSV00000000 (deleted)", .shm),
      ("rw-s", "/memfd:x (deleted)", .shm), ("rw-s", "/dev/zero (deleted)", .shm),
      ("r-xp", "[vdso]", .vdso), ("--xp", "[vsyscall]", .vdso), ("rw-p", "[anon:malloc]", .anon),
      ("rw-s", "[anon_shmem:x]", .shm), ("rw-p", "/anon_hugepage (deleted)", .huge),
    ] as [(String, String, MapKind)])
  func `a mapping's kind follows from its header`(permissions: String, path: String, kind: MapKind)
  {
    #expect(areas(mapping("1000-2000", permissions, path)).map(\.kind) == [kind])
  }

  @Test func `plain memory right behind a file's data is its zeroed variables`() {
    let text =
      mapping("1000-2000", "rw-p", "/lib/a.so") + mapping("2000-3000", "rw-p", "")
      + mapping("3000-4000", "rw-p", "") + mapping("5000-6000", "rw-p", "")
    let found = areas(text)
    #expect(found.map(\.kind) == [.data, .bss, .anon, .anon])
    let file = MapArea.Place.file("/lib/a.so")
    #expect(found.map(\.place) == [file, file, .plain(.anon), .plain(.anon)])
  }

  @Test func `huge pages are told by their flag too`() {
    let text = mapping("1000-2000", "rw-p", "/mnt/huge/x") + "VmFlags: rd wr ht\n"
    #expect(areas(text).map(\.kind) == [.huge])
  }

  @Test func `mappings are merged by file, and the sums stay`() throws {
    let text =
      mapping("1000-2000", "r-xp", "/lib/a.so", kib: 8) + mapping("2000-3000", "rw-p", "/lib/a.so")
      + mapping("4000-5000", "rw-p", "", kib: 16)
    let map = MemoryMap(Self.process, areas(text))
    let rows = map.rows(.uss, merging: \.place)
    #expect(rows.map(\.place) == [.plain(.anon), .file("/lib/a.so")])
    #expect(rows.map(\.count) == [1, 2])
    #expect(rows.map(\.rss) == [16384, 12288])
    #expect(map.total?.rss == 28672)
    #expect(map.total?.count == 3)
  }

  @Test func `a heap that grows up and a stack that grows down are the same mappings`() {
    let before =
      mapping("1000-2000", "rw-p", "[heap]") + mapping("8000-9000", "rw-p", "[stack]")
      + mapping("a000-b000", "rw-p", "")
    let after =
      mapping("1000-4000", "rw-p", "[heap]", kib: 12)
      + mapping("7000-9000", "rw-p", "[stack]", kib: 8) + mapping("c000-d000", "rw-p", "")
    let map = MemoryMap(
      Self.process, areas(after), since: MemoryMap(Self.process, areas(before)), seconds: 2)
    #expect(map.areas.map(\.gained) == [8192, 4096, 4096])
    #expect(map.areas.map(\.gainedVss) == [8192, 4096, 4096])
    #expect(map.gone.map(\.start) == [0xA000])
    #expect(map.rows(.growth).first?.kind == .heap)
  }

  @Test func `a mapping of another file at the same place is a new one`() {
    let before = mapping("1000-2000", "rw-p", "/a", kib: 4)
    let after = mapping("1000-2000", "rw-p", "/b", kib: 8)
    let map = MemoryMap(
      Self.process, areas(after), since: MemoryMap(Self.process, areas(before)), seconds: 2)
    #expect(map.areas.map(\.gained) == [8192])
    #expect(map.gone.map(\.path) == ["/a"])
  }

  @Test func `a hundred thousand mappings are read in pieces`() throws {
    var collector = MapCollector()
    var piece: [UInt8] = []
    for index in 0..<100_000 {
      let start = String(0x1000_0000 + index * 0x2000, radix: 16)
      let end = String(0x1000_1000 + index * 0x2000, radix: 16)
      piece += Array("\(start)-\(end) rw-p 0 00:00 0\nRss: 4 kB\nPrivate_Dirty: 4 kB\n".utf8)
      guard piece.count > 1 << 16 else { continue }
      // A piece may end anywhere.
      let cut = piece.count - index % 90 - 1
      let part = Array(piece[..<cut])
      collector.read(part.span)
      piece.removeFirst(cut)
    }
    collector.read(piece.span)
    let map = MemoryMap(Self.process, collector.finish())
    #expect(map.areas.count == 100_000)
    #expect(map.total?.uss == 409_600_000)
    #expect(collector.remarks(on: "smaps") == [])
  }
}
