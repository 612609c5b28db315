package import KmemAnalysis

/// What a colour in a picture stands for; the raw values are names of classes in the style sheet.
package enum Hue: String, Hashable, Sendable, CaseIterable {
  case free, userSpace, held, cache, kernel, unaccounted, debugging
  /// Amounts that aren't of a side: the first, second and third of several, and what is beside them.
  case first, second, third, beside
  /// A fitted line, and what is below a limit.
  case alarm

  /// The colour of a side.
  package init(_ side: MemorySide) {
    self =
      switch side {
      case .free: .free
      case .userSpace: .userSpace
      case .heldForUserSpace: .held
      case .cache: .cache
      case .kernel: .kernel
      case .unaccounted: .unaccounted
      case .debugging: .debugging
      }
  }
}
