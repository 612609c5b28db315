import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// How owners read: what is exact and what is inferred never look alike.
struct OwnersTextTests {
  private func growth(_ files: [String: String], later: [String: String] = [:]) -> Growth {
    func snapshot(_ objects: Int, _ more: [String: String]) -> Snapshot {
      var all = files.merging(more) { _, new in new }
      let kilobytes = objects * 2
      all["proc/meminfo"] =
        "MemTotal: 1000000 kB\nMemFree: \(900_000 - kilobytes) kB\nSReclaimable: 0 kB\n"
        + "SUnreclaim: \(1000 + kilobytes) kB\n"
      all["proc/slabinfo"] = """
        slabinfo - version: 2.1
        # name <active_objs>
        demo_cache \(objects) \(objects) 2048 16 8 : tunables 0 0 0 : slabdata \(objects / 16) \
        \(objects / 16) 0

        """
      return Snapshot(typed: all)
    }
    return Growth(from: snapshot(160, [:]), to: snapshot(4256, later))
  }

  private func text(_ growth: Growth, isVerbose: Bool = false) -> String {
    DiffText(growth, style: .plain, isVerbose: isVerbose).text
  }

  private static let constructor = ["sys/kernel/slab/demo_cache/ctor": "demo_ctor+0x0/0xa [demo]\n"]

  @Test func `an inferred owner is said to be likely, in the table and in the verdict`() {
    let text = text(growth(Self.constructor))
    #expect(text.contains("likely module demo (inferred: constructor)"))
    let candidates = growth(Self.constructor).attributions.first?.candidates ?? []
    #expect(OwnerFormat.best(candidates) == "likely module demo (inferred: constructor)")
    #expect(text.contains("probably of module demo (inferred: constructor)"))
    #expect(!text.contains("exact: "))
  }

  @Test func `an exact owner is named without a word of doubt, with its line`() {
    let head = "allocinfo - version: 1.0\n"
    let text = text(
      growth(
        ["proc/allocinfo": head + "0 0 a.c:1 func:f\n"],
        later: ["proc/allocinfo": head + "8388608 4096 demo.c:8 [demo] func:demo_take\n"]))
    #expect(text.contains("+8.0 MiB  demo_take demo.c:8 [demo] (exact: allocinfo)"))
    #expect(!text.contains("likely"))
    #expect(!text.contains("To know more"))
  }

  @Test func `a merged cache's owner is one of a set, and the option that separates it is named`() {
    var growth = growth([:])
    let names = """
      {"schema": "kmemcheck.owners/1", "files": {},
       "caches": {"demo_cache": ["a"], "other": ["b"]}}
      """
    growth = self.growth([
      "kmemcheck/owners.json": names,
      "sos_commands/kernel/ls_-lt_.sys.kernel.slab":
        "lrwxrwxrwx 1 root root 0 Nov  1 10:00 demo_cache -> :0002048\n"
        + "lrwxrwxrwx 1 root root 0 Nov  1 10:00 other -> :0002048\n",
    ])
    let candidates = growth.attributions.first?.candidates ?? []
    // Whoever has room for one line only must not blame the first of the set.
    #expect(
      OwnerFormat.best(candidates)
        == "one of module a or module b (inferred: name in module file)")
    let text = text(growth)
    #expect(text.contains("possibly module a (inferred: name in module file)"))
    #expect(text.contains("possibly module b (inferred: alias in module file)"))
    #expect(text.contains("of one of module a or module b"))
    #expect(text.contains("slab_nomerge"))
  }

  @Test func `the chain of evidence is there when it is asked for`() {
    let text = text(growth(Self.constructor), isVerbose: true)
    #expect(text.contains("· constructor: its constructor demo_ctor is in demo"))
  }

  @Test func `where nobody can be named, the next step is, with its cost`() {
    let text = text(growth([:]))
    #expect(text.contains("nobody is named by what this kernel tells"))
    #expect(text.contains("slab_debug=U,demo_cache. Cost: "))
  }

  @Test(arguments: DiffText.Grouping.allCases)
  func `each grouping has a table and ends in the verdict`(grouping: DiffText.Grouping) {
    var diff = DiffText(
      growth(Self.constructor), style: .plain, isVerbose: false, by: grouping)
    diff.write()
    let lines = diff.page.text.split(separator: "\n")
    #expect(lines.last?.hasPrefix("Verdict: ") == true)
    #expect(lines.count >= 4)
  }
}
