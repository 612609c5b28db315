import KmemParsers

/// How many control groups there are, by `/proc/cgroups` (`kernel/cgroup/cgroup-v1.c`).
///
/// Deleted groups count until nothing is charged to them any more. In version 2 the number is the same
/// for all controllers; in version 1 only memory keeps groups that are deleted.
package struct CgroupCounts: Hashable, Sendable {
  /// Groups that memory is counted for.
  package let memory: Int64
  /// The most groups that any other controller of version 1 has; nothing where no other is listed.
  package let others: Int64?
}

extension CgroupCounts {
  init?(_ capture: Capture) {
    var counts: [String: Int64] = [:]
    let lines = capture.text(of: KernelFile.cgroups.path)?.split(whereSeparator: \.isNewline) ?? []
    for line in lines {
      let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard fields.count >= 3, let count = Int64(fields[2]), count >= 0 else { continue }
      counts[String(fields[0])] = count
    }
    guard let memory = counts.removeValue(forKey: "memory") else { return nil }
    self.init(memory: memory, others: counts.values.max())
  }
}

extension Capture {
  /// Whether the driver agreed to give pages back when memory runs out: feature 2 of
  /// `VIRTIO_BALLOON_F_DEFLATE_ON_OOM` (4.0), as one digit a feature.
  var balloonDeflatesOnOOM: Bool? {
    let paths = sources.keys.filter {
      // Ends are compared first: a search within thousands of paths takes longer than their parsing.
      $0.hasSuffix("/features") && $0.contains("/virtio_balloon/virtio")
    }
    guard let path = paths.min(), let digits = line(of: path), digits.utf8.count > 2 else {
      return nil
    }
    return Array(digits.utf8)[2] == UInt8(ascii: "1")
  }
}
