/// A block device whose contents lie compressed in memory, by `/sys/block/zram<n>/mm_stat` (4.1).
package struct ZramDevice: Hashable, Sendable {
  /// Bytes as they were written.
  package let stored: Int64
  /// Bytes of memory that they take, what the allocator wastes included.
  package let held: Int64
}

extension Capture {
  /// The devices that were read.
  var zramDevices: [ZramDevice] {
    sources.keys.filter { $0.hasSuffix("/mm_stat") }.sorted().compactMap { path in
      let parts = path.split(separator: "/")
      guard parts.last == "mm_stat", parts.dropLast().last?.hasPrefix("zram") ?? false else {
        return nil
      }
      let numbers = (line(of: path) ?? "").split(separator: " ").map { Int64($0) }
      guard numbers.count >= 3, let stored = numbers[0], let held = numbers[2], stored >= 0,
        held >= 0
      else { return nil }
      return ZramDevice(stored: stored, held: held)
    }
  }
}
