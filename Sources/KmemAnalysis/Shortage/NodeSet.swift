package import KmemParsers

/// Nodes as the kernel lists them: `0-1,4`.
struct NodeSet {
  private let ranges: [ClosedRange<Int>]

  init(_ text: String) {
    ranges = text.split(separator: ",").compactMap { part in
      let ends = part.split(separator: "-").map { Int($0) }
      guard let first = ends.first, let low = first else { return nil }
      let high = (ends.count > 1 ? ends[1] : low) ?? low
      return low <= high ? low...high : nil
    }
  }

  /// Whether the node is among them; an empty list names all.
  func contains(_ node: Int) -> Bool { ranges.isEmpty || ranges.contains { $0.contains(node) } }

  /// Whether all of them are among those, of which there are few.
  func isCovered(by others: Set<Int>) -> Bool {
    ranges.allSatisfy { range in range.count <= 1024 && range.allSatisfy { others.contains($0) } }
  }
}

extension MemoryReport {
  /// The nodes that a cpuset, a policy or the request itself limits it to; nothing where nothing does.
  package var boundNodes: String? {
    let constraints = ["CONSTRAINT_CPUSET", "CONSTRAINT_MEMORY_POLICY"]
    let isBound = constraint.map(constraints.contains) ?? (request.nodes != nil)
    return isBound ? request.nodes ?? request.allowedNodes : nil
  }
}
