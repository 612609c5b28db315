import KmemAnalysis

extension FoldedStacks {
  /// The stacks as a flame graph, coloured by what they gained where an earlier moment is given;
  /// nothing where there is none.
  func figure(_ title: String, since before: FoldedStacks? = nil) -> Figure? {
    guard total > 0 else { return nil }
    let all = Set(bytes.keys).union(before?.bytes.keys ?? [:].keys)
    let stacks = all.map { stack in
      Stack(
        frames: stack.prefix(Self.deepest), bytes: max(0, bytes[stack] ?? 0),
        before: before?.bytes[stack] ?? 0)
    }
    let root = Self.node("all", stacks, isCompared: before != nil)
    return .flames(FlameFigure(title: title, root: root, isCompared: before != nil))
  }

  /// A stack below a function, with its bytes now and earlier.
  private typealias Stack = (frames: ArraySlice<String>, bytes: Int64, before: Int64)

  /// Frames that are drawn of a stack; the kernel's own keep 16.
  private static let deepest = 64

  private static func node(
    _ name: String, _ stacks: [Stack], isCompared: Bool
  ) -> FlameFigure.Node {
    let sum = stacks.sum(\.bytes)
    let gained = isCompared ? sum.minus(stacks.sum(\.before)) : 0
    let words = "\(name): \(Amount.short(sum))"
    let callees = Dictionary(grouping: stacks.filter { !$0.frames.isEmpty }) {
      $0.frames.first ?? ""
    }
    return FlameFigure.Node(
      name: name, bytes: sum, words: isCompared ? "\(words), \(Amount.signed(gained))" : words,
      callees: callees.sorted { $0.key < $1.key }.map { name, stacks in
        node(
          name, stacks.map { ($0.frames.dropFirst(), $0.bytes, $0.before) },
          isCompared: isCompared)
      }, gained: gained)
  }
}
