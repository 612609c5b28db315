/// A picture of an answer's numbers: what is drawn, not how.
package enum Figure: Hashable, Sendable {
  /// Amounts as lengths.
  case bars(BarFigure)
  /// An amount over time.
  case course(CourseFigure)
  /// Amounts by stack.
  case flames(FlameFigure)
}
