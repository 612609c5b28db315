import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What slab caches tell, each rule with what it is for and what just isn't.
struct SlabFindingTests {
  /// A row of slabinfo: objects in use, and slabs of one page.
  private static func row(_ name: String, _ objects: Int, slabs: Int = 1000) -> String {
    "\(name) \(objects) \(objects) 256 16 1 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0\n"
  }

  private static func slabinfo(_ rows: String...) -> [String: String] {
    ["proc/slabinfo": "slabinfo - version: 2.1\n" + rows.joined()]
  }

  private static func meminfo(total: Int, _ unreclaimable: Int, reclaimable: Int = 1000) -> String {
    """
    MemTotal: \(total) kB
    MemFree: \(total / 2) kB
    Slab: \(unreclaimable + reclaimable) kB
    SReclaimable: \(reclaimable) kB
    SUnreclaim: \(unreclaimable) kB

    """
  }

  private func findings(_ files: [String: String]) -> [Finding] {
    Health(Snapshot(typed: files)).findings
  }

  /// The rules of this page that found something.
  private func rules(_ files: [String: String]) -> [Finding.Rule] {
    let own: Set<Finding.Rule> = [
      .unreclaimableSlab, .largeCache, .deadTasks, .deadFiles, .deadSockets, .leftMounts, .lockstep,
      .packets,
    ]
    return findings(files).map(\.rule).filter(own.contains)
  }

  @Test(arguments: [
    (1_000_000, 100_000, true), (1_000_000, 99_000, false),
    (400_000, 52_000, false), (400_000, 60_000, true),
    (20_000_000, 1_050_000, true), (20_000_000, 990_000, false), (4_000_000, 390_000, false),
  ]) func `slab that isn't given back is much from a share on that depends on memory`(
    total: Int, unreclaimable: Int, isMuch: Bool
  ) {
    let found = rules(["proc/meminfo": Self.meminfo(total: total, unreclaimable)])
    #expect(found == (isMuch ? [.unreclaimableSlab] : []))
  }

  @Test func `an old kernel's slab is split by the caches' names, and not judged without them`() {
    let meminfo = ["proc/meminfo": "MemTotal: 1000000 kB\nMemFree: 500000 kB\nSlab: 300000 kB\n"]
    let dentries = Self.slabinfo(Self.row("dentry_cache", 1_000_000, slabs: 60000))
    let requests = Self.slabinfo(
      Self.row("bio", 900_000, slabs: 50000), Self.row("biovec-1", 905_000, slabs: 10000))
    #expect(rules(meminfo) == [])
    #expect(rules(meminfo.merging(dentries) { $1 }) == [])
    #expect(rules(meminfo.merging(requests) { $1 }) == [.unreclaimableSlab])
    guard
      case .unreclaimableSlab(_, let suspect?)? = findings(meminfo.merging(requests) { $1 })
        .first(where: { $0.rule == .unreclaimableSlab })?.kind
    else { return #expect(Bool(false), "no suspect") }
    #expect(suspect.cache.name == "bio")
    #expect(suspect.companions.map(\.name) == ["biovec-1"])
  }

  @Test(arguments: [
    ("ndpi_ctinfo", 30000, [Finding.Rule.largeCache], Finding.Severity.warning),
    ("ndpi_ctinfo", 25000, [], .warning), ("filp", 30000, [.largeCache], .note),
    ("kmemleak_object", 30000, [.largeCache], .note), ("ext4_inode_cache", 30000, [], .note),
  ]) func `one cache of 100 MiB and most of slab is named by slabinfo alone`(
    name: String, slabs: Int, expected: [Finding.Rule], severity: Finding.Severity
  ) {
    let files = Self.slabinfo(
      Self.row(name, 90_000, slabs: slabs), Self.row("vm_area_struct", 9000))
    #expect(rules(files) == expected)
    #expect(
      findings(files).filter { $0.rule == .largeCache }.allSatisfy { $0.severity == severity })
  }

  @Test(arguments: [(8_000_000, Finding.Severity.warning), (80_000_000, .note)])
  func `a cache that is less than 1 % of memory is a note`(total: Int, severity: Finding.Severity) {
    let files = Self.slabinfo(Self.row("xt_flows", 90_000, slabs: 50000))
    let meminfo = Self.meminfo(total: total, 210_000)
    let found = findings(files.merging(["proc/meminfo": meminfo]) { $1 })
    #expect(found.filter { $0.rule == .largeCache }.map(\.severity) == [severity])
  }

  @Test func `a cache larger than what meminfo has as unreclaimable is given back`() {
    let files = Self.slabinfo(Self.row("some_inodes", 90_000, slabs: 50000))
    let meminfo = Self.meminfo(total: 4_000_000, 20000, reclaimable: 300_000)
    #expect(rules(files) == [.largeCache])
    #expect(rules(files.merging(["proc/meminfo": meminfo]) { $1 }) == [])
  }

  @Test func `a cache that is half of slab or less isn't named`() {
    let files = Self.slabinfo(
      Self.row("kmalloc-64", 90_000, slabs: 30000), Self.row("dentry", 90_000, slabs: 30001))
    #expect(rules(files) == [])
  }

  @Test(arguments: [
    (50000, "0.1 0.1 0.1 2/1500 9\n", true), (9000, "0.1 0.1 0.1 2/1500 9\n", false),
    (50000, "0.1 0.1 0.1 2/20000 9\n", false),
  ]) func `tasks beyond four times the living are dead`(
    objects: Int, load: String, areDead: Bool
  ) {
    let files = Self.slabinfo(
      Self.row("task_struct", objects), Self.row("signal_cache", objects + 100),
      Self.row("names_cache", objects + 90_000))
    #expect(rules(files.merging(["proc/loadavg": load]) { $1 }) == (areDead ? [.deadTasks] : []))
  }

  @Test func `numbers that no machine can have end nothing`() {
    let row = "task_struct 9223372036854775807 9223372036854775807 7744 4 8 : tunables 0 0 0 : "
    let slabs = "slabdata 281474976710655 281474976710655 0\n"
    let files = ["proc/slabinfo": "slabinfo - version: 2.1\n" + row + slabs]
    let loads = ["proc/loadavg": "0 0 0 1/1 7\n"]
    #expect(rules(files.merging(loads) { $1 }) == [.deadTasks])
  }

  @Test func `without loadavg the kernel stacks tell how many tasks there can be`() {
    let files = Self.slabinfo(Self.row("task_struct", 50000))
    let calm = Self.meminfo(total: 4_000_000, 20000)
    let few = calm + "KernelStack: 16000 kB\n"
    let many = calm + "KernelStack: 160000 kB\n"
    #expect(rules(files.merging(["proc/meminfo": few]) { $1 }) == [.deadTasks])
    #expect(rules(files.merging(["proc/meminfo": many]) { $1 }) == [])
    #expect(rules(files) == [])
  }

  @Test func `the dead hold what all caches in step hold, less the living`() {
    let files = Self.slabinfo(
      Self.row("task_struct", 400_000, slabs: 40000), Self.row("cred_jar", 401_000, slabs: 20000),
      Self.row("kmalloc-128", 402_000, slabs: 10000), Self.row("kmalloc-64", 420_000, slabs: 5000))
    let found = findings(files.merging(["proc/loadavg": "0 0 0 1/4000 7\n"]) { $1 })
    guard case .dead(let dead)? = found.first?.kind else {
      return #expect(Bool(false), "\(found)")
    }
    #expect(dead.dead == 396_000)
    #expect(dead.companions.map(\.name) == ["cred_jar", "kmalloc-128"])
    #expect(dead.bytes == 70000 * 4096 - 716 * 4000)
  }

  @Test(arguments: [
    ("filp", 500_000, "proc/sys/fs/file-nr", "3000 0 900000\n", [Finding.Rule.deadFiles]),
    ("filp", 90_000, "proc/sys/fs/file-nr", "3000 0 900000\n", []),
    ("filp", 500_000, "proc/sys/fs/file-nr", "400000 0 900000\n", []),
    (
      "TCPv6", 40000, "proc/net/sockstat",
      "sockets: used 300\nTCP: inuse 9 orphan 0 tw 3 alloc 20 mem 1\n", [.deadSockets]
    ),
    (
      "TCPv6", 40000, "proc/net/sockstat",
      "sockets: used 300\nTCP: inuse 9 orphan 0 tw 3 alloc 39000 mem 1\n", []
    ),
    (
      "mnt_cache", 200_000, "proc/mounts",
      "proc /proc proc rw 0 0\nsysfs /sys sysfs rw 0 0\n", [.leftMounts]
    ),
    ("mnt_cache", 50000, "proc/mounts", "proc /proc proc rw 0 0\n", []),
  ]) func `files, sockets and mounts are compared with what the kernel counts`(
    cache: String, objects: Int, path: String, text: String, expected: [Finding.Rule]
  ) {
    let files = Self.slabinfo(Self.row(cache, objects)).merging([path: text]) { $1 }
    #expect(rules(files) == expected)
  }

  @Test(arguments: [(3000, [Finding.Rule.deadSockets]), (60000, [])])
  func `sockets of other network namespaces are open files and no dead ones`(
    files: Int, expected: [Finding.Rule]
  ) {
    let captured = Self.slabinfo(Self.row("sock_inode_cache", 60000)).merging([
      "proc/net/sockstat": "sockets: used 300\n", "proc/sys/fs/file-nr": "\(files) 0 900000\n",
    ]) { $1 }
    #expect(rules(captured) == expected)
  }

  @Test func `three caches with as many objects are parts of one thing`() {
    let files = Self.slabinfo(
      Self.row("foo_request", 300_000, slabs: 20000), Self.row("foo_page", 301_000, slabs: 10000),
      Self.row("kmalloc-96", 601_000, slabs: 15000), Self.row("kmalloc-64", 150_000, slabs: 3000))
    let found = findings(files)
    guard case .lockstep(let group)? = found.first?.kind else {
      return #expect(Bool(false), "\(found)")
    }
    #expect(group.caches.map(\.name) == ["foo_request", "kmalloc-96", "foo_page"])
    #expect(group.bytes == 45000 * 4096)
    #expect(group.count == 300_000)
  }

  @Test(arguments: [
    // Mappings of processes and inodes belong together in good health.
    ["anon_vma 300000", "anon_vma_chain 301000", "vm_area_struct 302000"],
    ["dnode_t 300000", "sa_cache 300500", "kmalloc-96 300700", "zfs_znode_cache 300000"],
    ["nf_conntrack 300000", "flow_offload 300500", "kmalloc-128 300700"],
    // Two are chance, and so are small numbers and those that differ.
    ["foo 300000", "bar 300500"], ["foo 90000", "bar 90000", "baz 90000"],
    ["foo 300000", "bar 310000", "baz 320000"],
  ]) func `what belongs together in good health is no lockstep`(rows: [String]) {
    let text = rows.map { row in
      let words = row.split(separator: " ")
      return Self.row(String(words[0]), Int(words[1]) ?? 0, slabs: 30000)
    }
    #expect(!rules(Self.slabinfo(text.joined())).contains(.lockstep))
  }

  @Test(arguments: [
    (3_000_000, "kmalloc-2k", 2_900_000, [Finding.Rule.packets]),
    (900_000, "kmalloc-2k", 900_000, []), (3_000_000, "kmalloc-2k", 30000, []),
    (3_000_000, "kmalloc-64", 2_900_000, []),
  ]) func `packets by the million with their buffers are a queue or a driver`(
    heads: Int, buffers: String, count: Int, expected: [Finding.Rule]
  ) {
    let files = Self.slabinfo(
      Self.row("skbuff_head_cache", heads), Self.row(buffers, count), Self.row("dentry", 9))
    #expect(rules(files) == expected)
  }
}
