import KmemSnapshot

/// How many of a thing the kernel holds, at two moments.
package struct CountChange: Hashable, Sendable {
  /// What is counted.
  package let things: KernelCount
  /// Their number before and after.
  package let count: BeforeAfter
}

extension CountChange {
  /// The counts that both sides have and that changed.
  static func all(from before: KernelCounts, to after: KernelCounts) -> [CountChange] {
    KernelCount.allCases.compactMap { things in
      guard let first = before[things], let second = after[things], first != second else {
        return nil
      }
      return CountChange(things: things, count: BeforeAfter(first, second))
    }
  }

  /// The counts that both sides have, and that are the same on both.
  static func unchanged(from before: KernelCounts, to after: KernelCounts) -> [KernelCount] {
    KernelCount.allCases.filter { before[$0] != nil && before[$0] == after[$0] }
  }
}
