import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What is said of two moments, of which one or both lack a file or a line, against what is known from
/// the whole ones.
struct DroppedPartTests {
  /// Which of the two moments lack it.
  enum Sides: CaseIterable { case before, after, both }

  private typealias Part = GrowthPair.Part

  @Test(arguments: GrowthPair.fixtures + GrowthPair.typed)
  func `no line that is missing makes growth or hides it`(pair: GrowthPair) {
    let printed = Set(pair.before.meminfoLines + pair.after.meminfoLines)
    let lines = Meminfo.Key.allCases.map(\.rawValue).filter(printed.contains).map(Part.line)
    let light = pair.light
    expectHonesty(light.before, light.after, without: lines, pair)
  }

  @Test(arguments: GrowthPair.fixtures + GrowthPair.typed)
  func `no file that is missing makes growth or hides it`(pair: GrowthPair) {
    // Lines of source and the configuration take long to parse: in some pairs is enough.
    let pair =
      pair.name.hasSuffix("6.12-kmalloc") || pair.name.hasPrefix("synth") ? pair : pair.light
    let sources = GrowthPair.sources.filter { pair.after.sources[$0] != nil }.map(Part.source)
    expectHonesty(pair.before, pair.after, without: sources, pair)
  }

  private func expectHonesty(
    _ before: Capture, _ after: Capture, without parts: [Part], _ pair: GrowthPair
  ) {
    let (old, new) = (MemoryModel(Snapshot(before)), MemoryModel(Snapshot(after)))
    let (there, back) = (Growth(from: old, to: new), Growth(from: new, to: old))
    for part in parts {
      let cut = (
        MemoryModel(Snapshot(before.without(part))), MemoryModel(Snapshot(after.without(part)))
      )
      for sides in Sides.allCases {
        let first = sides == .after ? old : cut.0
        let second = sides == .before ? new : cut.1
        let name = "\(pair.name) without \(part) in \(sides)"
        expectHonesty(Growth(from: first, to: second), there, part, name)
        // Backwards one side is like the other forwards.
        guard sides != .after else { continue }
        expectHonesty(Growth(from: second, to: first), back, part, "\(name), backwards")
      }
    }
  }

  private func expectHonesty(_ growth: Growth, _ whole: Growth, _ part: Part, _ name: String) {
    for change in growth.classes {
      guard let known = change.bytes.growth else { continue }
      // kmemleak's own records are told from slab by slabinfo, and the stack depot's by allocinfo.
      let isSplit = [.instrumentation, .slabUnreclaimable].contains(change.memoryClass)
      let slack = isSplit && part.isSource ? whole[.instrumentation]?.magnitude ?? 0 : 0
      let error = known.minus(truth(change.memoryClass, growth, whole) ?? .max)
      #expect(error.magnitude <= slack, "\(change.memoryClass) of \(name)")
    }
    let word = growth.verdict.conclusion
    if word == .growing {
      let isTrue = mayGrow(growth, whole)
      #expect(isTrue, "growing: \(name)")
    }
    if word == .stable {
      #expect(growth[.unaccounted] != nil, "stable: \(name)")
      #expect(whole.verdict.grown.isEmpty, "stable: \(name)")
    }
    expectNamed(growth, whole, part, name)
  }

  /// What the class really grew by; classes of which neither moment knows anything are a part of what
  /// is in no class, and kmemleak's records of slab.
  private func truth(_ memoryClass: MemoryClass, _ growth: Growth, _ whole: Growth) -> Int64? {
    let lost = whole.classes.filter { change in
      !growth.classes.contains { $0.memoryClass == change.memoryClass && $0.bytes.after != nil }
    }
    switch memoryClass {
    case .unaccounted:
      for change in lost {
        let isHarmless =
          change.memoryClass.side.isSuspect || change.bytes.growth == 0
          || [.perCpuFreeLists, .instrumentation].contains(change.memoryClass)
        #expect(isHarmless, "\(change.memoryClass) is a part of what is in no class")
      }
      let all = growth.classes.filter { $0.memoryClass != .unaccounted }
      return growth.total.growth?.minus(all.sum { $0.bytes.growth ?? 0 })
    default: return whole[memoryClass]
    }
  }

  /// Whether a class of the kernel's, or what is in none, grew by more than noise.
  private func mayGrow(_ growth: Growth, _ whole: Growth) -> Bool {
    whole.verdict.conclusion == .growing
      || growth.classes.contains {
        $0.memoryClass.side.isSuspect && ($0.bytes.growth ?? 0) >= whole.verdict.floor
          && (whole[$0.memoryClass] ?? 0) >= whole.verdict.floor
      }
  }

  /// Growth of a class whose lines and files are all there is named as before.
  private func expectNamed(_ growth: Growth, _ whole: Growth, _ part: Part, _ name: String) {
    for change in whole.classes where whole.verdict.grown.contains(change.memoryClass.side) {
      guard let bytes = change.bytes.growth, bytes >= whole.verdict.floor,
        let needs = Self.needs[change.memoryClass], !needs.contains(part.description)
      else { continue }
      #expect(growth[change.memoryClass] == bytes, "\(change.memoryClass) of \(name)")
      // Which side slab's caches are on isn't known without them.
      guard part != .source("proc/slabinfo") else { continue }
      #expect(growth.verdict.grown.contains(change.memoryClass.side), "\(name)")
      #expect(growth.verdict.conclusion != .stable, "\(name)")
    }
  }

  /// What each class is made of, typed anew: lines of meminfo, and files.
  private static let needs: [MemoryClass: Set<String>] = [
    .anonymous: ["AnonPages"], .shmem: ["Shmem"],
    .pageCache: ["Cached", "Buffers", "Shmem"], .slabReclaimable: ["SReclaimable"],
    .slabUnreclaimable: ["SUnreclaim", "proc/slabinfo"], .kernelStacks: ["KernelStack"],
    .pageTables: ["PageTables"], .percpu: ["Percpu"], .hugePages: ["Hugetlb"],
    .vmalloc: [
      "VmallocUsed", "VmallocChunk", "KernelStack", "ShadowCallStack", "proc/vmallocinfo",
      "proc/config.gz",
    ],
  ].mapValues { Set($0).union(["proc/meminfo"]) }
}
