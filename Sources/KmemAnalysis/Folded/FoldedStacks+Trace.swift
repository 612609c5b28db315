import KmemParsers

extension FoldedStacks {
  /// What a trace saw allocated and not freed; of a sample, the estimate of the whole.
  package init(_ report: TraceReport) {
    for group in report.groups {
      add(group.frames.reversed().map(\.name), group.bytes.timesClamped(report.record.sampling))
    }
  }
}
