import KmemAnalysis
import KmemParsers
import KmemTestSupport
import Testing

/// Logs that were mixed, thinned out or damaged at random accuse nobody else, and nothing traps.
///
/// A failing seed can be run again.
@Suite struct ShortageMutationTests {
  /// A kill, and a request that failed on another processor, of one machine at one moment.
  private static func pair(anonymous: Int, slab: Int) -> ([String], [String]) {
    let killer =
      ShortageDamageTests.made(
        anonymous: anonymous, slab: slab,
        first: "java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0",
        comm: "java") + [
        "Tasks state (memory values in pages):",
        "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
        "[   1108]  1000  1108  1400000   \(min(anonymous, 890_000))  8614400        0             0 java",
        "Out of memory: Killed process 1108 (java) total-vm:5600000kB, anon-rss:\(anonymous * 4)kB",
      ]
    let failure = ShortageDamageTests.made(
      anonymous: anonymous, slab: slab,
      first: "swapper/1: page allocation failure: order:0, mode:0x820(GFP_ATOMIC)",
      comm: "swapper/1")
    return (killer, failure)
  }

  private static let programs = pair(anonymous: 900_000, slab: 5000)
  private static let kernel = pair(anonymous: 20_000, slab: 880_000)

  private func causes(_ lines: [String]) -> [String] {
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    return MemoryReports(bytes.span).reports.map {
      Shortage($0, origin: "log").verdict.cause.id
    }
  }

  private func expectHonest(_ mutate: ([String], [String]) -> [String], _ seed: UInt64) {
    let whole = ["unknown", "noWait", "met", "pageFault"]
    let (some, other) = (
      causes(mutate(Self.programs.0, Self.programs.1)), causes(mutate(Self.kernel.0, Self.kernel.1))
    )
    #expect(some.allSatisfy { (whole + ["userSpace"]).contains($0) }, "seed \(seed): \(some)")
    #expect(other.allSatisfy { (whole + ["kernel"]).contains($0) }, "seed \(seed): \(other)")
  }

  @Test(arguments: UInt64(1)...60)
  func `lines of two processors in any order accuse nobody else`(seed: UInt64) {
    expectHonest(
      { killer, failure in
        var random = SeededGenerator(seed: seed)
        return random.mix(killer, failure)
      }, seed)
  }

  @Test(arguments: UInt64(1)...60)
  func `lines that are lost here and there accuse nobody else`(seed: UInt64) {
    expectHonest(
      { killer, failure in
        var random = SeededGenerator(seed: seed)
        let share = Int.random(in: 5...60, using: &random)
        let lines = seed.isMultiple(of: 2) ? killer : random.mix(killer, failure)
        return lines.filter { _ in Int.random(in: 0..<100, using: &random) >= share }
      }, seed)
  }

  @Test(arguments: UInt64(1)...60)
  func `lines that a limit on the rate left out accuse nobody else`(seed: UInt64) {
    expectHonest(
      { killer, _ in
        var random = SeededGenerator(seed: seed)
        return killer.flatMap { line -> [String] in
          switch Int.random(in: 0..<10, using: &random) {
          case 0: ["show_free_areas: 17 callbacks suppressed", line]
          case 1: ["** 31 printk messages dropped **"]
          default: [line]
          }
        }
      }, seed)
  }

  @Test(arguments: UInt64(1)...60)
  func `two lines in one and halves of lines accuse nobody else`(seed: UInt64) {
    expectHonest(
      { killer, failure in
        var random = SeededGenerator(seed: seed)
        return random.splice(random.mix(killer, failure))
      }, seed)
  }

  @Test(arguments: UInt64(1)...60)
  func `bytes that were damaged accuse nobody else`(seed: UInt64) {
    expectHonest(
      { killer, _ in
        var random = SeededGenerator(seed: seed)
        // A digit that became another one is a number like any other.
        var text = Array(killer.joined(separator: "\n"))
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          let place = Int.random(in: text.indices, using: &random)
          if !text[place].isNumber {
            text[place] = "~?\u{FFFD}x".randomElement(using: &random) ?? "x"
          }
        }
        return [String(text)]
      }, seed)
  }
}

extension SeededGenerator {
  /// The lines of both, each in its order.
  fileprivate mutating func mix(_ one: [String], _ other: [String]) -> [String] {
    var (mixed, first, second) = ([String](), one[...], other[...])
    while !first.isEmpty || !second.isEmpty {
      let takesFirst =
        second.isEmpty
        || !first.isEmpty
          && Int.random(in: 0..<(first.count + second.count), using: &self) < first.count
      mixed.append(takesFirst ? first.removeFirst() : second.removeFirst())
    }
    return mixed
  }

  /// Some of the lines broken into by the one below.
  fileprivate mutating func splice(_ lines: [String]) -> [String] {
    var (result, rest) = ([String](), lines[...])
    while let line = rest.popFirst() {
      guard Int.random(in: 0..<6, using: &self) == 0, let next = rest.popFirst() else {
        result.append(line)
        continue
      }
      let cut = Int.random(in: 0...line.count, using: &self)
      result += [line.prefix(cut) + "[  120.000001] " + next, String(line.dropFirst(cut))]
    }
    return result
  }
}
