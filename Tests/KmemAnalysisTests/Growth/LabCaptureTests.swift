import Foundation
import KmemSnapshot
import KmemSources
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Captures of lab kernels that leaked a known amount in a known way, taken before and after.
struct LabCaptureTests {
  static let kernels = ["6.1", "6.12"]

  private func growth(_ kernel: String, _ name: String) throws -> Growth {
    func snapshot(_ side: String) throws -> Snapshot {
      Snapshot(
        try ArchiveTree(Fixture.path("captures/\(kernel)-\(name)-\(side).tar.zst")).capture())
    }
    return Growth(from: try snapshot("before"), to: try snapshot("after"))
  }

  /// The bytes that the module says it leaked, from the line `truth:` beside the captures.
  private func truth(_ kernel: String, _ name: String) throws -> Int64 {
    let path = Fixture.path("captures/\(kernel)-\(name).origin")
    let words = try String(contentsOfFile: path, encoding: .utf8).split(
      whereSeparator: \.isWhitespace)
    let word = try #require(words.first { $0.hasPrefix("bytes=") })
    return try #require(Int64(word.dropFirst("bytes=".count)))
  }

  private func near(_ amount: Int64?, _ truth: Int64) -> Bool {
    amount.map { abs($0 - truth) <= 1 << 20 } ?? false
  }

  @Test(arguments: kernels, ["kmalloc", "cache", "merged", "notleak"])
  func `a leak of slab objects is found with its size`(kernel: String, name: String) throws {
    let growth = try growth(kernel, name)
    let truth = try truth(kernel, name)
    #expect(growth.verdict.conclusion == .growing)
    #expect(growth.suspectClass?.memoryClass == .slabUnreclaimable)
    #expect(near(growth[.slabUnreclaimable], truth))
    #expect(near(growth.suspectCache?.growth, truth))
    #expect(growth.suspectCache == growth.caches.elements.first)
  }

  @Test(arguments: kernels) func `a leak of pages is unaccounted`(kernel: String) throws {
    let growth = try growth(kernel, "pages")
    #expect(growth.verdict.conclusion == .growing)
    #expect(near(growth[.unaccounted], try truth(kernel, "pages")))
  }

  @Test(arguments: kernels) func `a leak of vmalloc areas names its caller`(kernel: String) throws {
    let growth = try growth(kernel, "vmalloc")
    #expect(near(growth[.vmalloc], try truth(kernel, "vmalloc")))
    let module: String? =
      switch growth.exactOwner {
      case .line(let tag)?: tag.module
      case .caller(let caller)?: caller.module
      case nil: nil
      }
    #expect(module == "kmemlab_vmalloc")
  }

  @Test(arguments: ["kmalloc", "cache", "notleak", "pages0", "percpu"])
  func `where lines of source are counted the leaking module is named`(name: String) throws {
    let growth = try growth("6.12", name == "pages0" ? "pages" : name)
    guard case .line(let tag)? = growth.exactOwner else {
      Issue.record("no line is named: \(String(describing: growth.exactOwner))")
      return
    }
    #expect(tag.module == "kmemlab_\(name)")
  }

  @Test(arguments: kernels) func `merged caches are a set with the true owner in it`(
    kernel: String
  ) throws {
    let cache = try #require(try growth(kernel, "merged").suspectCache)
    #expect(([cache.name] + cache.aliases).contains("kmemlab_merge_b"))
  }

  @Test(arguments: kernels) func `churn without a leak accuses nobody`(kernel: String) throws {
    let growth = try growth(kernel, "churn")
    #expect(growth.verdict.conclusion == .stable)
    #expect(growth.verdict.sides[.kernel] < growth.verdict.floor)
  }

  @Test(arguments: kernels) func `files of ext4 are cache, not a leak`(kernel: String) throws {
    let verdict = try growth(kernel, "ext4").verdict
    // The file system lies in a file on tmpfs.
    #expect(verdict.conclusion == .heldForUserSpace)
    #expect(verdict.grown == [.heldForUserSpace, .cache])
  }
}
