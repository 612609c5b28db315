import KmemAnalysis
import KmemParsers
import KmemReport
import KmemSnapshot

/// Who holds memory at one moment, or when it ran short.
struct ReportHolders {
  private let model: MemoryModel
  private let before: MemoryModel?
  private var snapshot: Snapshot { model.snapshot }

  /// Takes the moment, and an earlier one where their growth is told already.
  init(_ model: MemoryModel, since before: MemoryModel? = nil) {
    self.model = model
    self.before = before
  }

  /// The answers about the moment.
  var parts: [HTMLReport.Part] {
    let reports = snapshot.reportsAlone
    guard reports.isEmpty else { return [shortages(reports, isBeside: false)] }
    let health = ShowText(Health(model), style: .pictures, isVerbose: true)
    let inLog = snapshot.outOfMemory?.reports ?? []
    return [HTMLReport.Part("Who holds memory", health.written, isBeside: before != nil)]
      + (inLog.isEmpty ? [] : [shortages(inLog, isBeside: true)])
      + [processes, groups].compactMap(\.self) + stacks
  }

  private func shortages(_ reports: [MemoryReport], isBeside: Bool) -> HTMLReport.Part {
    let text = ShortageText(
      reports.map { Shortage($0, origin: snapshot.origin) }, origin: snapshot.origin,
      style: .pictures, isVerbose: true)
    return HTMLReport.Part("When memory ran short", text.written, isBeside: isBeside)
  }

  private var processes: HTMLReport.Part? {
    ProcessTop(snapshot, since: before?.snapshot).map { top in
      HTMLReport.Part(
        "Processes", ProcessTopText(top, style: .pictures, limit: Self.rows).written)
    }
  }

  private var groups: HTMLReport.Part? {
    guard let top = CgroupTop(snapshot, since: before?.snapshot), !top.rows.isEmpty else {
      return nil
    }
    return HTMLReport.Part(
      "Control groups", CgroupTopText(top, style: .pictures, limit: Self.rows).written)
  }

  private var stacks: [HTMLReport.Part] {
    FoldedStacks.Source.allCases.compactMap { source in
      FoldedStacks(source, of: model).map { stacks in
        let earlier = before.flatMap { FoldedStacks(source, of: $0) }
        let text = StacksText(stacks, since: earlier, of: source, style: .pictures)
        return HTMLReport.Part("Stacks of \(source.rawValue)", text.written)
      }
    }
  }

  /// The most rows of a table, so that a report of a large machine can be mailed.
  private static let rows = 200
}
