/// Amounts by stack, as a tree: each function over those it calls.
package struct FlameFigure: Hashable, Sendable {
  /// What the picture shows, in words.
  package let title: String
  /// All amounts together.
  package let root: Node
  /// Whether the colours tell what was gained since an earlier moment.
  package var isCompared = false

  /// A function, with what was asked for in it and below.
  package struct Node: Hashable, Sendable {
    /// The function's name.
    package let name: String
    /// Bytes.
    package let bytes: Int64
    /// The amount in words, with the name.
    package let words: String
    /// The functions called, by name.
    package let callees: [Node]
    /// Bytes more than at the earlier moment, where two are compared.
    package var gained: Int64 = 0
  }
}
