import KmemParsers

extension FoldedStacks {
  /// What each function of a trace keeps, by its stack that keeps most; amounts of a sample are made those
  /// of the whole, as the report has them.
  package init(_ report: TraceReport) {
    self.init()
    for group in report.groups {
      add(
        group.frames.reversed().map(\.name), group.bytes.timesClamped(report.record.sampling))
    }
  }
}
