import FoundationEssentials
import Glibc
import KmemAnalysis
import KmemParsers

/// Prints how many milliseconds of processor time it takes to parse two files and to find what
/// changed, in the fastest of twenty rounds and in the first, and how many lines changed.
func compareAllocinfo(before: String, after: String) -> Int32 {
  guard let old = FileManager.default.contents(atPath: before).map(Array.init),
    let new = FileManager.default.contents(atPath: after).map(Array.init)
  else {
    print("\(before) and \(after) can't both be read")
    return 66
  }
  do {
    var changed = 0
    let rounds = try (0..<20).map { _ in
      let start = clock()
      let sums = try (sums(of: old), sums(of: new))
      changed = sums.0.changes(to: sums.1).count { $0.bytes.growthIfAbsentIsZero != 0 }
      return Double(clock() - start) / 1000
    }
    print(rounds.min() ?? 0, rounds[0], changed)
    return 0
  } catch {
    print("one of them is refused: \(error)")
    return 65
  }
}

private func sums(of text: [UInt8]) throws -> AllocationSums {
  AllocationSums(try Allocinfo(parsing: text.span))
}
