import KmemAnalysis
import KmemParsers
import KmemTestSupport
import Testing

/// Logs whose lines mail programs broke or browsers joined tell the same; what is left of those of a CMA
/// accuses no program.
///
/// A failing seed can be run again.
@Suite struct PastedMutationTests {
  private static let programs = killed(anonymous: 900_000, slab: 5000)
  private static let kernel = killed(anonymous: 20_000, slab: 880_000)
  /// Pages that can't be moved fill all but the CMA.
  private static let cma = killed(anonymous: 8000, slab: 2000).map { line in
    line.replacing(
      "free:10000 free_pcp:0 free_cma:0", with: "free:260000 free_pcp:0 free_cma:250000"
    )
    .replacing("free:40000kB", with: "free:1040000kB")
    .replacing("managed:3800000kB", with: "managed:3800000kB free_cma:1000000kB")
    .replacing("9700*4kB (UME)", with: "9700*4kB (UME) 250000*4kB (C)")
    .replacing("= 38800kB", with: "= 1038800kB")
    .replacing("GFP_HIGHUSER_MOVABLE", with: "GFP_KERNEL").replacing("0x140cca", with: "0xcc0")
  }

  private static func killed(anonymous: Int, slab: Int) -> [String] {
    ShortageDamageTests.made(anonymous: anonymous, slab: slab) + [
      "Tasks state (memory values in pages):",
      "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
      "[   1108]  1000  1108  1400000   \(min(anonymous, 890_000))  8614400        0             0 java",
      "Out of memory: Killed process 1108 (java) total-vm:5600000kB, anon-rss:\(anonymous * 4)kB",
    ]
  }

  private func causes(_ lines: [String]) -> [String] {
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    return MemoryReports(bytes.span).reports.map { Shortage($0, origin: "log").verdict.cause.id }
  }

  @Test(arguments: UInt64(1)...60)
  func `lines that a mail program broke tell the same`(seed: UInt64) {
    for lines in [Self.programs, Self.kernel, Self.cma] {
      var random = SeededGenerator(seed: seed)
      let mail = random.mail(lines)
      #expect(causes(mail) == causes(lines), "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(1)...60)
  func `lines that were joined tell the same`(seed: UInt64) {
    for lines in [Self.programs, Self.kernel, Self.cma] {
      var random = SeededGenerator(seed: seed)
      var text = ""
      for (number, line) in lines.enumerated() {
        let end = Int.random(in: 0..<3, using: &random) == 0 ? "\n" : ""
        text += "[  120.\(100_000 + number)] \(line)\(end)"
      }
      #expect(causes([text]) == causes(lines), "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(1)...60)
  func `what is left of a log of a CMA accuses no program`(seed: UInt64) {
    #expect(causes(Self.cma) == ["cma"])
    var random = SeededGenerator(seed: seed)
    let share = Int.random(in: 5...60, using: &random)
    let lost = Self.cma.filter { _ in Int.random(in: 0..<100, using: &random) >= share }
    let halves = Self.cma.map { line in
      Int.random(in: 0..<100, using: &random) < share
        ? String(line.prefix(Int.random(in: 0...line.count, using: &random))) : line
    }
    for lines in [lost, halves, random.mail(lost)] {
      let found = causes(lines)
      #expect(
        found.allSatisfy { ["cma", "unknown", "kernel", "met", "pageFault"].contains($0) },
        "seed \(seed): \(found)")
    }
  }
}

extension SeededGenerator {
  /// The lines of a host's log as a mail program breaks and quotes them.
  fileprivate mutating func mail(_ lines: [String]) -> [String] {
    let width = Int.random(in: 72...78, using: &self)
    let isFlowed = Bool.random(using: &self)
    let quote = Bool.random(using: &self) ? "> " : ""
    return lines.flatMap { line in
      var (pieces, piece) = ([String](), "")
      for word in "May  4 12:31:29 host kernel: [  512.186697] \(line)".split(
        separator: " ", omittingEmptySubsequences: false)
      {
        if !piece.isEmpty, piece.count + word.count > width {
          pieces.append(isFlowed ? piece : String(piece.dropLast()))
          piece = ""
        }
        piece += word + " "
      }
      return (pieces + [String(piece.dropLast())]).map { quote + $0 }
    }
  }
}
