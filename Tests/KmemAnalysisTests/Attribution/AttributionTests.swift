import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Who is named as the owner of growth, by which evidence, and how sure.
struct AttributionTests {
  /// A machine of which a test changes a part.
  private struct Machine {
    var slab = 10_000
    var free = 900_000
    var percpu = 0
    var caches: [(name: String, objects: Int, size: Int)] = [("kmalloc-2k", 160, 2048)]
    var files: [String: String] = [:]

    var snapshot: Snapshot {
      var files = files
      files["proc/meminfo"] = """
        MemTotal: 1000000 kB
        MemFree: \(free) kB
        SReclaimable: 0 kB
        SUnreclaim: \(slab) kB
        VmallocUsed: 0 kB
        Percpu: \(percpu) kB

        """
      let rows = caches.map { cache in
        let slabs = cache.objects / 16
        let pages = cache.size * 16 / 4096
        return "\(cache.name) \(cache.objects) \(cache.objects) \(cache.size) 16 \(pages) "
          + ": tunables 0 0 0 : slabdata \(slabs) \(slabs) 0"
      }
      files["proc/slabinfo"] =
        "slabinfo - version: 2.1\n# name <active_objs>\n" + rows.joined(separator: "\n") + "\n"
      return Snapshot(typed: files)
    }

    /// The machine with more objects in a cache.
    func grown(_ name: String, by objects: Int) -> Machine {
      var machine = self
      for index in caches.indices where caches[index].name == name {
        machine.caches[index].objects += objects
        machine.slab += objects * caches[index].size / 1024
        machine.free -= objects * caches[index].size / 1024
      }
      return machine
    }
  }

  private func allocinfo(_ tags: String...) -> String {
    "allocinfo - version: 1.0\n" + tags.joined(separator: "\n") + "\n"
  }

  private func attribution(
    _ name: String, _ before: Machine, _ after: Machine
  ) throws -> Attribution {
    let report = DiffReport(from: before.snapshot, to: after.snapshot)
    return try #require(report.attributions.first { $0.subject == .slabCache(name) })
  }

  @Test func `two modules that leak into one cache are both named, in order, with their shares`()
    throws
  {
    var before = Machine()
    before.files["proc/allocinfo"] = allocinfo("0 0 kernel/fork.c:1 func:f")
    var after = before.grown("kmalloc-2k", by: 5632)
    after.files["proc/allocinfo"] = allocinfo(
      "1048576 512 b.c:8 [small] func:small_take", "10485760 5120 a.c:8 [large] func:large_take")
    let found = try attribution("kmalloc-2k", before, after)
    #expect(found.candidates.map(\.owner.module) == ["large", "small"])
    #expect(found.candidates.map(\.confidence) == [.exact, .exact])
    let shares = found.candidates.compactMap(found.share)
    #expect(shares.map { ($0 * 11).rounded() } == [10, 1])
    #expect(found.nextStep == nil)
  }

  @Test func `owners that first took the cache's free objects have no more than all of the growth`()
    throws
  {
    var before = Machine()
    before.files["proc/allocinfo"] = allocinfo("0 0 kernel/fork.c:1 func:f")
    var after = before.grown("kmalloc-2k", by: 5472)
    after.files["proc/allocinfo"] = allocinfo(
      "1048576 512 b.c:8 [small] func:small_take", "10485760 5120 a.c:8 [large] func:large_take")
    let found = try attribution("kmalloc-2k", before, after)
    let shares = found.candidates.compactMap(found.share)
    #expect(shares.map { ($0 * 1100).rounded() } == [1000, 100])
  }

  @Test func `a small line that fits nowhere is no owner of per-CPU memory`() throws {
    var before = Machine()
    before.files["proc/allocinfo"] = allocinfo("0 0 kernel/fork.c:1 func:f")
    var after = before
    before.percpu = 1000
    after.percpu = 9192
    after.free -= 8192
    after.files["proc/allocinfo"] = allocinfo(
      "8388608 512 a.c:8 [large] func:large_take", "8064 42 fs/dcache.c:1 func:__d_alloc")
    let report = DiffReport(from: before.snapshot, to: after.snapshot)
    let found = try #require(
      report.attributions.first { $0.subject == .memoryClass(.percpu) })
    // What gained a thousandth explains nothing, and isn't named.
    #expect(found.candidates.map(\.owner.function) == ["large_take"])
    #expect(found.candidates.map(\.confidence) == [.likely])
  }

  @Test func `where two caches of one size grew, a line is possible, not exact`() throws {
    var before = Machine()
    before.caches.append(("other_2k", 160, 2048))
    before.files["proc/allocinfo"] = allocinfo("0 0 kernel/fork.c:1 func:f")
    var after = before.grown("kmalloc-2k", by: 4096).grown("other_2k", by: 4096)
    after.files["proc/allocinfo"] = allocinfo("8388608 4096 a.c:8 [demo] func:demo_take")
    let found = try attribution("kmalloc-2k", before, after)
    #expect(found.candidates.map(\.confidence) == [.possible])
  }

  @Test func `a line of another size is no owner`() throws {
    var before = Machine()
    before.files["proc/allocinfo"] = allocinfo("0 0 kernel/fork.c:1 func:f")
    var after = before.grown("kmalloc-2k", by: 4096)
    after.files["proc/allocinfo"] = allocinfo("8388608 16384 a.c:8 [demo] func:demo_take")
    #expect(try attribution("kmalloc-2k", before, after).candidates.isEmpty)
  }

  private static let trace = """
        4096 demo_take.constprop.0+0x1/0x2 [demo] age=1/2/3 pid=1
              demo_take.constprop.0+0x1/0x2 [demo]
              demo_write+0x1/0x2 [demo]

          16 __kmalloc+0x1/0x2 age=1 pid=1
              __kmalloc+0x1/0x2
              kstrdup+0x1/0x2
              core_user+0x1/0x2

    """

  @Test func `a recorded stack is exact, and allocators on it are passed over`() throws {
    let path = "sys/kernel/debug/slab/kmalloc-2k/alloc_traces"
    var before = Machine()
    before.files[path] = "No data\n"
    var after = before.grown("kmalloc-2k", by: 4112)
    after.files[path] = Self.trace
    let found = try attribution("kmalloc-2k", before, after)
    #expect(found.candidates.map(\.owner.function) == ["demo_take", "core_user"])
    #expect(found.candidates.map(\.owner.module) == ["demo", nil])
    #expect(found.candidates.map(\.growth) == [8_388_608, 32_768])
    #expect(found.best?.confidence == .exact)
    #expect(found.best?.evidence.first?.stack.count == 2)
  }

  @Test func `stacks of one moment alone tell who holds, not who gained`() throws {
    let before = Machine()
    var after = before.grown("kmalloc-2k", by: 4112)
    after.files["sys/kernel/debug/slab/kmalloc-2k/alloc_traces"] = Self.trace
    let found = try attribution("kmalloc-2k", before, after)
    #expect(found.best?.confidence == .likely)
    #expect(found.best?.growth == nil)
  }

  @Test func `a line and a stack of one function are one owner with two pieces of evidence`()
    throws
  {
    let path = "sys/kernel/debug/slab/kmalloc-2k/alloc_traces"
    var before = Machine()
    before.files[path] = "No data\n"
    before.files["proc/allocinfo"] = allocinfo("0 0 kernel/fork.c:1 func:f")
    var after = before.grown("kmalloc-2k", by: 4112)
    after.files[path] = Self.trace
    after.files["proc/allocinfo"] = allocinfo("8388608 4096 a.c:8 [demo] func:demo_take")
    let best = try #require(try attribution("kmalloc-2k", before, after).best)
    #expect(best.evidence.map(\.kind) == [.allocinfo, .allocTraces])
    #expect(best.owner.line == 8)
  }

  @Test func `a constructor and a name in one module's file are likely owners`() throws {
    var before = Machine()
    before.caches = [("demo_cache", 160, 2048)]
    before.files["sys/kernel/slab/demo_cache/ctor"] = "demo_ctor+0x0/0xa [demo]\n"
    before.files["kmemcheck/owners.json"] = """
      {"schema": "kmemcheck.owners/1", "files": {}, "caches": {"demo_cache": ["demo"]}}
      """
    let found = try attribution("demo_cache", before, before.grown("demo_cache", by: 4096))
    #expect(found.candidates.map(\.owner.module) == ["demo"])
    #expect(found.best?.confidence == .likely)
    #expect(found.best?.evidence.map(\.kind) == [.constructor, .nameInModule])
  }

  @Test func `a name that stands in two modules' files accuses neither`() throws {
    var before = Machine()
    before.caches = [("demo_cache", 160, 2048)]
    before.files["kmemcheck/owners.json"] = """
      {"schema": "kmemcheck.owners/1", "files": {}, "caches": {"demo_cache": ["demo", "other"]}}
      """
    let found = try attribution("demo_cache", before, before.grown("demo_cache", by: 4096))
    #expect(found.candidates.isEmpty)
    #expect(found.nextStep?.command == "slab_debug=U,demo_cache")
  }

  @Test(arguments: [
    ("6.1.0-56-cloud-amd64", "CONFIG_BPF_SYSCALL=y\nCONFIG_BPF_EVENTS=y\n", true),
    ("5.10.0-30-amd64", "CONFIG_BPF_SYSCALL=y\nCONFIG_BPF_EVENTS=y\n", false),
    ("5.10.0-30-amd64", "CONFIG_EVENT_TRACING=y\nCONFIG_STACKTRACE=y\n", true),
    ("4.9.0-19-amd64", "CONFIG_EVENT_TRACING=y\nCONFIG_STACKTRACE=y\n", false),
    ("6.12.0", "CONFIG_BPF_SYSCALL=y\n# CONFIG_BPF_EVENTS is not set\n", false),
    ("6.12.0", "CONFIG_EVENT_TRACING=y\nCONFIG_STACKTRACE=y\n", true),
  ])
  func `where the kernel can be traced, that is the next step, which takes no reboot`(
    release: String, config: String, canTrace: Bool
  ) throws {
    var before = Machine()
    before.caches = [("kmalloc-2k", 2048, 512)]
    before.files["proc/sys/kernel/osrelease"] = release + "\n"
    before.files["boot/config-\(release)"] = "CONFIG_SLUB=y\nCONFIG_SLUB_DEBUG=y\n" + config
    let found = try attribution("kmalloc-2k", before, before.grown("kmalloc-2k", by: 4096))
    #expect((found.nextStep == .command(.trace(.cache("kmalloc-2k")))) == canTrace)
  }
}
