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
}
