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
    let amounts = MemoryAmounts(snapshot).values
    #expect(!amounts.keys.contains { $0.name == MemoryClass.instrumentation.title })
    #expect(!amounts.keys.contains { ["kmemleak_object", "vmap_area"].contains($0.name) })
    guard let books = Books(snapshot), let sides = SideAmounts(snapshot) else { return }
    let free = books.bytes(.free) + (books[.instrumentation]?.bytes ?? 0)
    let swapped =
      (snapshot.meminfoBytes("SwapTotal") ?? 0) - (snapshot.meminfoBytes("SwapFree") ?? 0)
    let all = sides.user + sides.kernel + sides.heldForUser + sides.cache + free
    #expect(all - max(0, swapped) == books.total)
  }

  @Test func `what the watcher holds itself is on no side and in no class`() throws {
    let snapshot = try snapshot("synthetic/6.12-allocinfo-after")
    var amounts = MemoryAmounts(snapshot)
    amounts.addSides(SideAmounts(snapshot), snapshot.counts)
    let before = amounts.values
    amounts.leaveOut(anonymous: 4096)
    let changed = amounts.values.filter { $0.value != before[$0.key] }
    #expect(
      Set(changed.keys.map(\.name)).isSubset(of: ["anonymous", "user space", "memory in use"]))
    #expect(!changed.isEmpty)
    for (subject, amount) in changed { #expect(before[subject]?.value == amount.value + 4096) }
  }

  @Test func `open files are followed also where their number is estimated`() {
    var amounts = ProcessAmounts(own: 1)
    let process = TypedProcess(8, "fdleak").with {
      $0.descriptors = 5_000
      $0.descriptorsAreEstimated = true
    }
    let files = amounts.amounts(Snapshot(processes: [process]))
      .first { $0.key.kind == .processFiles }
    #expect(files?.key.name == "8 fdleak @100")
    #expect(files?.value.value == 5_000)
  }

  @Test func `lines of source and their modules are followed where the kernel counts them`() throws
  {
    let amounts = MemoryAmounts(try snapshot("synthetic/6.12-allocinfo-after")).values
    let lines = amounts.filter { $0.key.kind == .allocationLine }
    let modules = amounts.filter { $0.key.kind == .module }
    #expect(!lines.isEmpty && !modules.isEmpty)
    for (module, held) in modules {
      let own = lines.filter {
        $0.key.name.hasSuffix("[\(module.name)]") && !$0.key.name.hasPrefix("fs/")
      }
      #expect(own.values.reduce(0) { $0 + $1.value } == held.value, "\(module.name)")
    }
  }

  @Test(arguments: [
    ("filp", AmountRole.userSpace), ("dentry", .cache), ("kmalloc-64", .kernel),
    ("shmem_inode_cache", .userSpace), ("ext4_inode_cache", .cache), ("made_up", .kernel),
    ("task_struct", .userSpace),
  ]) func `a cache's growth belongs to whom its objects are held for`(
    name: String, role: AmountRole
  ) throws {
    let text = "slabinfo - version: 2.1\n\(name) 10 20 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n"
    let capture = Capture(
      origin: "test", kind: .directory,
      sources: ["proc/slabinfo": SourceReading(outcome: .read, bytes: Array(text.utf8))])
    let amounts = MemoryAmounts(Snapshot(capture)).values
    let amount = try #require(amounts[Subject(kind: .cache, name: name)])
    #expect(amount.role == role)
    #expect(amount.value == 640)
  }
}
