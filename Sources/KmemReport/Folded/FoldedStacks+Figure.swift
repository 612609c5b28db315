import KmemAnalysis

extension FoldedStacks {
  /// The stacks as a flame graph; nothing where there is none.
  func figure(_ title: String) -> Figure? {
    guard total > 0 else { return nil }
    let stacks = bytes.filter { $0.value > 0 }.map {
      (frames: $0.key.prefix(Self.deepest), bytes: $0.value)
    }
    return .flames(FlameFigure(title: title, root: Self.node("all", stacks)))
  }

  /// Frames that are drawn of a stack; the kernel's own keep 16.
  private static let deepest = 64

  private static func node(
    _ name: String, _ stacks: [(frames: ArraySlice<String>, bytes: Int64)]
  ) -> FlameFigure.Node {
    let sum = stacks.sum(\.bytes)
    let callees = Dictionary(grouping: stacks.filter { !$0.frames.isEmpty }) {
      $0.frames.first ?? ""
    }
    return FlameFigure.Node(
      name: name, bytes: sum, words: "\(name): \(Amount.short(sum))",
      callees: callees.sorted { $0.key < $1.key }.map { name, stacks in
        node(name, stacks.map { (frames: $0.frames.dropFirst(), bytes: $0.bytes) })
      })
  }
}
