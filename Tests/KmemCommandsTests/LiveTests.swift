import Foundation
import KmemTestSupport
import Testing

/// The running kernel checks the program: what it says in one place must meet what it says in another.
@Suite struct LiveTests {
  private let document: [String: Any]

  init() throws {
    let result = try Program().run("show", "--json", user: .whoeverTests)
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    document = try #require(json as? [String: Any])
  }

  static let readsSlabinfo = Tool.kernelFile("/proc/slabinfo") != nil
  static let readsZoneinfo =
    Tool.kernelFile("/proc/zoneinfo") != nil && Tool.kernelFile("/proc/buddyinfo") != nil
  static let hasFree = Tool.output("/usr/bin/free", "-b") != nil
  static let hasSlabtop = readsSlabinfo && Tool.output("/usr/bin/slabtop", "-o") != nil

  private func integer(_ value: Any?) -> Int64? { (value as? NSNumber)?.int64Value }

  private func meeting(_ parts: String) throws -> (parts: Int64, whole: Int64, gap: Int64) {
    let meetings = try #require(document["meetings"] as? [[String: Any]])
    let meeting = try #require(meetings.first { ($0["parts"] as? String) == parts })
    return (
      try #require(integer(meeting["partsBytes"])), try #require(integer(meeting["wholeBytes"])),
      try #require(integer(meeting["gap"]))
    )
  }

  @Test(.enabled(if: readsSlabinfo, "/proc/slabinfo can't be read (needs root)"))
  func `caches sum to Slab but for large kmalloc`() throws {
    let slab = try meeting("Σ slab caches")
    #expect(slab.gap == slab.whole - slab.parts)
    // Large kmalloc is in Slab only; machines that run builds were seen at 0.1 % to 3 %.
    #expect(abs(slab.gap) < slab.whole / 10, "gap \(slab.gap) of \(slab.whole)")
  }

  @Test(.enabled(if: readsZoneinfo, "zoneinfo or buddyinfo can't be read"))
  func `blocks of buddyinfo sum to the zones' free pages`() throws {
    let free = try meeting("Σ buddyinfo blocks")
    // The two files are read within a millisecond or so, while programs run.
    #expect(abs(free.gap) < max(free.whole / 20, 64 << 20), "gap \(free.gap) of \(free.whole)")
  }

  @Test(.enabled(if: hasFree, "free isn't installed")) func `free agrees`() throws {
    let text = try #require(Tool.output("/usr/bin/free", "-b"))
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Mem:") })
    let numbers = line.split(separator: " ").compactMap { Int64($0) }
    let memory = try #require(document["memory"] as? [String: Any])
    #expect(integer(memory["total"]) == numbers[0])
    let classes = try #require(memory["classes"] as? [[String: Any]])
    let free = try #require(integer(classes.first { ($0["id"] as? String) == "free" }?["bytes"]))
    // Programs run between the two: a tenth of memory is beyond what a second changes.
    #expect(abs(free - numbers[2]) < numbers[0] / 10, "\(free) and \(numbers[2])")
    let sum = classes.compactMap { integer($0["bytes"]) }.reduce(0, +)
    #expect(sum == numbers[0])
  }

  @Test(.enabled(if: hasSlabtop, "slabtop isn't installed or slabinfo can't be read"))
  func `slabtop agrees on the largest caches`() throws {
    let text = try #require(Tool.output("/usr/bin/slabtop", "-o", "-s", "c"))
    let caches = try #require(document["caches"] as? [[String: Any]])
    var compared = 0
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 8, words[6].hasSuffix("K"), let kibibytes = Int64(words[6].dropLast()),
        kibibytes > 2048
      else { continue }
      let cache = try #require(
        caches.first { ($0["name"] as? String) == String(words[7]) }, "\(words[7])")
      let bytes = try #require(integer(cache["bytes"]))
      // Both read the same file, one after the other.
      #expect(abs(bytes / 1024 - kibibytes) < max(kibibytes / 5, 4096), "\(words[7])")
      compared += 1
    }
    #expect(compared > 0)
  }

  @Test(
    .enabled(if: Tool.kernelFile("/proc/modules") != nil, "no /proc/modules, or no module loaded"))
  func `every loaded module is in a capture`() throws {
    let program = try Program()
    let file = "\(program.home.path)/modules.tar.zst"
    #expect(try program.run("snap", "-o", file, user: .whoeverTests).status == 0)
    let listed = try #require(Tool.kernelFile("/proc/modules")).split(separator: "\n").count
    let captured = try #require(
      Tool.output("/usr/bin/tar", "--zstd", "-xOf", file, "--wildcards", "*/proc/modules"))
    #expect(captured.split(separator: "\n").count == listed)
  }
}
