/// Amounts by stack, as a tree: each function over those it calls.
package struct FlameFigure: Hashable, Sendable {
  /// What the picture shows, in words.
  package let title: String
  /// All amounts together.
  package let root: Node

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
  }
}
