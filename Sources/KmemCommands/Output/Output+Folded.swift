import KmemAnalysis
import KmemReport

extension Output {
  /// Writes the stacks of one source of a snapshot, or of two with both amounts.
  ///
  /// - Throws: `Failure` if a snapshot hasn't got the source, or nothing can be written.
  static func folded(
    _ source: FoldedSource, _ model: MemoryModel, then later: MemoryModel? = nil
  ) throws(Failure) {
    let stacks: FoldedStacks
    do throws(InputRefusal) {
      let first = try FoldedStacks(source, of: model)
      stacks =
        try later.map { later throws(InputRefusal) in
          FoldedStacks(before: first, after: try FoldedStacks(source, of: later))
        } ?? first
    } catch {
      throw Failure(status: .noSuchInput, error)
    }
    try answer(stacks.text)
  }
}
