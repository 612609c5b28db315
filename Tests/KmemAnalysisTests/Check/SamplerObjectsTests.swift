import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Objects that kmemcheck itself lost while it sampled memory aren't the command's.
@Suite struct SamplerObjectsTests {
  private func object(_ address: Int, _ comm: String, at seconds: Double, _ frames: String...)
    -> String
  {
    LeakTexts.object(
      "0xffff8880010\(String(address, radix: 16))000", size: 64, comm: comm,
      jiffies: 4_294_967_296 - 75000 + Int(seconds * 250), frames: frames.map { $0 + "+0x10/0x20" })
  }

  private func report(_ text: String) -> LeakReport {
    var builder = LeakReportBuilder(
      windows: IterationTickRanges(
        [100, 101, 102], samples: [100.5, 101.5], sampler: "kmemcheck", by: TickClock(hz: 250)))
    let bytes = Array(text.utf8)
    builder.read(bytes.span)
    return builder.report(Snapshot(typed: [:]))
  }

  @Test func `what the command lost counts, and what reading files for a sample lost doesn't`() {
    let found = report(
      object(16, "sh", at: 100.1, "kmalloc_trace", "pipe_leak")
        + object(17, "kmemcheck", at: 100.6, "kmalloc_trace", "seq_leak")
        + object(18, "kmemcheck", at: 100.7, "kmalloc_trace", "seq_leak"))
    #expect(found.objects == 1)
    #expect(found.groups.first?.culprit?.symbol == "pipe_leak")
    #expect(found.ofSampler == 2)
  }

  @Test func `creating the command's process is the command's, a thread for a sample isn't`() {
    let found = report(
      object(16, "kmemcheck", at: 101.1, "kmem_cache_alloc", "copy_leak", "kernel_clone")
        + object(17, "kmemcheck", at: 101.6, "kmem_cache_alloc", "copy_leak", "kernel_clone"))
    #expect(found.objects == 1)
    #expect(found.groups.first?.iterations.map(\.objects) == [0, 1])
    #expect(found.ofSampler == 1)
  }

  @Test func `the stacks of one culprit are one finding`() {
    let found = report(
      object(16, "sh", at: 100.1, "kmalloc_trace", "leak_one", "from_here")
        + object(17, "sh", at: 101.1, "kmalloc_trace", "leak_one", "from_there")
        + object(18, "sh", at: 101.2, "kmalloc_trace", "leak_two", "from_here"))
    #expect(found.groups.count == 3)
    let joined = found.joinedByCulprit
    #expect(joined.groups.count == 2)
    #expect(joined.groups.first?.objects == 2)
    #expect(joined.groups.first?.otherStacks.count == 1)
    #expect(joined.groups.first?.iterations.map(\.objects) == [1, 1])
    #expect(joined.objects == found.objects)
  }
}
