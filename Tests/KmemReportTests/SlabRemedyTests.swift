import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemReport

/// What is advised of a cache that holds much.
struct SlabRemedyTests {
  private func finding(_ name: String) -> Finding? {
    let row = "\(name) 9000 9000 256 16 1 : tunables 0 0 0 : slabdata 90000 90000 0\n"
    let files = ["proc/slabinfo": "slabinfo - version: 2.1\n" + row]
    return Health(Snapshot(typed: files)).findings.first { $0.rule == .largeCache }
  }

  @Test(arguments: [
    ("kmalloc-1k", "kmem:kmalloc --filter bytes_alloc==1024"), ("size-1024", "slab_allocators"),
    ("xt_flows", "slub_debug=U,xt_flows at boot"), ("filp", "programs hold these"),
    ("kmemleak_object", "the debugging tool's own memory"),
  ]) func `the advice fits whose the cache is, and the kernel`(name: String, words: String) {
    #expect(finding(name)?.remedy.contains(words) == true)
  }

  @Test func `without meminfo the last line names the cache, or says what was judged`() {
    func verdict(_ slabs: Int) -> String {
      let row = "xt_flows 9000 9000 256 16 1 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0\n"
      let files = ["proc/slabinfo": "slabinfo - version: 2.1\n" + row]
      let health = Health(Snapshot(typed: files))
      return ShowVerdict(health).sentence
    }
    #expect(verdict(90000).hasPrefix("Verdict: warning: slab cache xt_flows holds 351.6 MiB"))
    #expect(verdict(9).hasPrefix("Verdict: nothing stands out in slabinfo; "))
  }
}
