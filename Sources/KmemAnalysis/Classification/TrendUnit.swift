/// What the values of a series count.
package enum TrendUnit: Hashable, Sendable {
  case bytes
  /// Bytes of address space, of which the most may never be memory.
  case addressSpace
  case count(KernelCount)

  /// The least growth that matters, in all or in an hour: 1 MiB, 64 MiB of address space, or 64
  /// things.
  ///
  /// 64 MiB is what glibc reserves for an arena of malloc (`HEAP_MAX_SIZE`): less is no series of
  /// mappings.
  package var least: Double {
    switch self {
    case .bytes: 1_048_576
    case .addressSpace: 67_108_864
    case .count: 64
    }
  }

  /// Whether the values are bytes.
  package var isBytes: Bool {
    switch self {
    case .bytes, .addressSpace: true
    case .count: false
    }
  }
}
