import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemSources

/// `top` reads fewer files of a running machine than a snapshot does.
@Suite struct RankedSourcesTests {
  @Test(arguments: Fixture.all)
  func `a ranking is the same without the files that aren't read for it`(name: String) throws {
    let whole = try Fixture.capture(name)
    var read = whole
    read.sources = whole.sources.filter { path, _ in !Self.isLeftOut(path) }
    let (all, some) = (
      KernelTop(KernelLook(Snapshot(whole))), KernelTop(KernelLook(Snapshot(read)))
    )
    #expect(some.moment == all.moment)
    #expect(some.classes == all.classes)
    #expect(some.caches == all.caches)
    #expect(some.modules == all.modules)
    #expect(some.sites == all.sites)
  }

  @Test func `neither a log nor kmemleak's report is read for a ranking`() {
    for path in ["sys/kernel/debug/kmemleak", "var/log/kmemcheck-kernel.log"] {
      #expect(Self.isLeftOut(path), "\(path)")
    }
  }

  private static func isLeftOut(_ path: String) -> Bool {
    names(.live, path) && !names(.ranked, path)
  }

  private static func names(_ catalog: SourceCatalog, _ path: String) -> Bool {
    catalog.specs.contains { $0.pattern.matches(path.pathComponents) }
  }
}
