import KmemSnapshot
import KmemSources
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct MemoryAmountsTests {
  private func snapshot(_ fixture: String) throws -> Snapshot {
    Snapshot(try capture(at: .path(Fixture.path(fixture))))
  }

  @Test(arguments: Fixture.all)
  func `every side of every machine adds up, and the instrument is on none`(fixture: String) throws
  {
    let snapshot = try snapshot(fixture)
    let amounts = MemoryAmounts(snapshot).withSides
    #expect(amounts[.memoryClass(.instrumentation)] == nil)
    for cache in ["kmemleak_object", "vmap_area"] { #expect(amounts[.slabCache(cache)] == nil) }
    guard let books = Books(snapshot) else { return }
    let free = books.bytes(.free) + books.bytes(.debugging)
    let all = MemorySide.inUse.reduce(free) { $0 + (amounts[.side($1)] ?? 0) }
    #expect(all == books.total)
  }

  @Test
  func
    `lines of what vmalloc keeps for its addresses are on no side, as they come and go late or never`()
  {
    let amounts = MemoryAmounts(
      Snapshot(typed: [
        "proc/allocinfo": """
        allocinfo - version: 1.0
        #     <size>  <calls> <tag info>
               32768        8 mm/memory.c:461 func:__pte_alloc_kernel
               40320      560 mm/vmalloc.c:2042 func:alloc_vmap_area
                8192        2 kernel/fork.c:322 func:alloc_thread_stack_node
        """
      ]))
    let lines = amounts.withSides.keys.filter { $0.kind == .allocationSite }
    #expect(
      lines == [
        .allocationSite(
          AllocationSite(
            file: "kernel/fork.c", line: 322, function: "alloc_thread_stack_node", module: nil))
      ])
  }

  @Test func `what the watcher holds itself is on no side and in no class`() throws {
    let snapshot = try snapshot("synthetic/6.12-allocinfo-after")
    var amounts = MemoryAmounts(snapshot)
    amounts.addSystem(MemoryModel(snapshot))
    let before = amounts.withSides
    amounts.leaveOut(anonymous: 4096)
    let changed = amounts.withSides.filter { $0.value != before[$0.key] }
    #expect(Set(changed.keys) == [.memoryClass(.anonymous), .side(.userSpace), .system])
    for (series, amount) in changed { #expect(before[series] == amount + 4096) }
  }

  @Test func `files of its own in tmpfs are in no class, and free pages on lists aren't in use`()
    throws
  {
    let model = MemoryModel(try snapshot("synthetic/6.12-allocinfo-after"))
    var amounts = MemoryAmounts(model)
    amounts.addSystem(model)
    let before = amounts.values
    amounts.leaveOut(shmem: 8192)
    #expect(amounts.values[.memoryClass(.shmem)] == before[.memoryClass(.shmem)].map { $0 - 8192 })
    #expect(amounts.values[.system] == before[.system].map { $0 - 8192 })
    let waiting = try #require(model.books?[.perCpuFreeLists]?.bytes)
    let total = try #require(model.snapshot.meminfoBytes("MemTotal"))
    let available = try #require(model.availability?.bytes)
    #expect(waiting > 0)
    #expect(before[.system] == total - available - waiting + (model.snapshot.swapUsed ?? 0))
  }

  @Test func `open files are followed also where their number is estimated`() {
    var amounts = ProcessAmounts(own: 1)
    let process = TypedProcess(8, "fdleak").with {
      $0.descriptors = 5_000
      $0.descriptorsAreEstimated = true
    }
    let files = amounts.amounts(Snapshot(processes: [process])).values
      .first { $0.key.kind == .processFiles }
    #expect(files?.key.process == ProcessName(pid: 8, comm: "fdleak", startTime: 100))
    #expect(files?.value == 5_000)
  }

  @Test func `threads, children, zombies and address space are followed, by who has them`() {
    var follower = ProcessAmounts(own: 1)
    let parent = TypedProcess(8, "forker").with { $0.threads = 3 }
    let children = (20..<24).map { pid in TypedProcess(pid, "worker").with { $0.parent = 8 } }
    let dead = (30..<32).map { pid in
      TypedProcess(pid, "worker").with {
        $0.parent = 8
        $0.isZombie = true
      }
    }
    let snapshot = Snapshot(processes: [TypedProcess(1, "init"), parent] + children + dead)
    _ = follower.amounts(snapshot)
    let values = follower.amounts(snapshot).values
    let name = ProcessName(pid: 8, comm: "forker", startTime: 100)
    #expect(values[.process(name, .threads)] == 3)
    #expect(values[.process(name, .children)] == 4)
    #expect(values[.process(name, .zombies)] == 2)
    #expect(values[.process(name, .space)] == Int64(10_240_000))
    #expect(values[.count(.zombies)] == 2)
    #expect(values[.count(.processes)] == 5)
    #expect(values[.commandProcesses("worker")] == 4)
    // What was given to process 1 wasn't started by it.
    #expect(!values.keys.contains { $0.kind == .processChildren && $0.process?.pid == 1 })
  }

  @Test func `children and zombies of the one process that is asked for are followed too`() {
    var follower = ProcessAmounts(wanted: [8], own: 1)
    let child = TypedProcess(20, "worker").with { $0.parent = 8 }
    let dead = TypedProcess(30, "worker").with {
      $0.parent = 8
      $0.isZombie = true
    }
    let snapshot = Snapshot(processes: [TypedProcess(8, "forker"), child, dead])
    _ = follower.amounts(snapshot)
    let values = follower.amounts(snapshot).values
    let name = ProcessName(pid: 8, comm: "forker", startTime: 100)
    #expect(values[.process(name, .children)] == 1)
    #expect(values[.process(name, .zombies)] == 1)
    // They are all that was read, and no sum of the machine's processes.
    #expect(!values.keys.contains { $0.process?.pid == 20 || $0.kind == .count })
  }

  @Test func `of a control group programs' memory is followed, never its cache`() {
    let root = "sys/fs/cgroup"
    let first = Snapshot(typed: [
      "\(root)/memory/memory.usage_in_bytes": "9000000\n",
      "\(root)/memory/files/memory.usage_in_bytes": "5000000\n",
      "\(root)/memory/files/memory.kmem.usage_in_bytes": "900000\n",
      "\(root)/memory/files/memory.stat": "total_cache 4000000\ntotal_rss 100000\n",
    ])
    var follower = ProcessAmounts(own: 1)
    #expect(follower.amounts(first).values == [.cgroup("files"): 100_000])
    let second = Snapshot(typed: [
      "\(root)/a/memory.current": "5000000\n",
      "\(root)/a/memory.stat": "anon 10\nfile 400\nshmem 30\nkernel 700\nslab_reclaimable 9\n",
      "\(root)/unread/memory.current": "5000000\n",
    ])
    var other = ProcessAmounts(own: 1)
    #expect(other.amounts(second).values == [.cgroup("a"): 40])
  }

  @Test func `lines of source and their modules are followed where the kernel counts them`() throws
  {
    let amounts = MemoryAmounts(try snapshot("synthetic/6.12-allocinfo-after")).values
    var byModule: [String: Int64] = [:]
    for (series, bytes) in amounts {
      guard case .allocationSite(let tag) = series, let module = tag.module,
        !tag.file.hasPrefix("fs/")
      else { continue }
      byModule[module, default: 0] += bytes
    }
    #expect(!byModule.isEmpty)
    for (module, bytes) in byModule { #expect(amounts[.module(module)] == bytes, "\(module)") }
  }

  @Test func `of a cache its objects are followed, not its slabs`() throws {
    let text = "slabinfo - version: 2.1\nfilp 10 20 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n"
    let amounts = MemoryAmounts(Snapshot(typed: ["proc/slabinfo": text])).values
    #expect(amounts == [.slabCache("filp"): 640])
  }
}
