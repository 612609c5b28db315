package import KmemAnalysis
import KmemParsers
import KmemSnapshot

/// A source of which a capture tells stacks or lines with what they hold.
package enum FoldedSource: String, CaseIterable, Sendable {
  /// Lines of source, below their directories and files (`/proc/allocinfo`).
  case allocinfo
  /// Stacks that hold pages (`/sys/kernel/debug/page_owner`, `page_owner_stacks`).
  case pageOwner = "page_owner"
  /// Stacks that hold objects of slab caches (`/sys/kernel/debug/slab/*/alloc_traces`).
  case allocTraces = "alloc_traces"
}

extension FoldedStacks {
  /// What a source of a snapshot tells of stacks.
  ///
  /// - Throws: `InputRefusal` if the snapshot hasn't got the source.
  package init(_ source: FoldedSource, of model: MemoryModel) throws(InputRefusal) {
    self.init()
    switch source {
    case .allocinfo: try addSites(model)
    case .pageOwner: try addPages(model.snapshot)
    case .allocTraces: try addTraces(model)
    }
  }

  /// What unreferenced objects hold, and what programs lost by the same text.
  package init(_ report: LeakReport, _ programs: ProgramLeakReport? = nil) {
    self.init()
    for group in report.groups { add(group.frames.reversed().map(\.folded), group.bytes) }
    for group in programs?.leaks ?? [] {
      add(group.frames.reversed().map(\.name), group.amount.bytes)
    }
  }

  /// What was left of a trace's allocations; a sample counts as much as all that it stands for.
  package init(_ report: TraceReport) {
    self.init()
    for group in report.groups {
      let bytes = TraceFormat(group, in: report).bytes
      add(group.frames.reversed().map(\.folded), bytes)
    }
  }

  private mutating func addSites(_ model: MemoryModel) throws(InputRefusal) {
    guard let sums = model.sites.value else {
      throw .nothing(of: .sites, origin: model.snapshot.origin, model.sites.missing)
    }
    for row in sums.rows {
      let path = row.tag.file.split(separator: "/").map(String.init)
      let directory = path.dropLast().joined(separator: "/")
      let place = "\(path.last ?? row.tag.file):\(row.tag.line)"
      add(
        (directory.isEmpty ? [] : [directory]) + [place, row.tag.function.of(row.tag.module)],
        row.bytes)
    }
  }

  private mutating func addPages(_ snapshot: Snapshot) throws(InputRefusal) {
    guard let stacks = snapshot.pageOwner.value?.stacks else {
      throw .nothing(of: .pages, origin: snapshot.origin, snapshot.pageOwner.missing)
    }
    for stack in stacks {
      let bytes = Int64(clamping: stack.pages ?? 0)
        .multipliedReportingOverflow(by: Int64(snapshot.host.pageSize.bytes))
      add(stack.frames.reversed().map(\.folded), bytes.overflow ? .max : bytes.partialValue)
    }
  }

  private mutating func addTraces(_ model: MemoryModel) throws(InputRefusal) {
    let traces = model.snapshot.allocTraces
    guard !traces.isEmpty else {
      throw .nothing(of: .traces, origin: model.snapshot.origin, nil)
    }
    for cache in model.slab?.caches ?? [] {
      for trace in traces[cache.name]?.traces ?? [] {
        let bytes = Int64(clamping: trace.count).multipliedReportingOverflow(by: cache.objectSize)
        let frames = trace.frames.reversed().map(\.folded)
        add([cache.name] + frames, bytes.overflow ? .max : bytes.partialValue)
      }
    }
  }
}

extension String {
  /// The function with its module, as kernel stacks in flame graphs are written.
  fileprivate func of(_ module: String?) -> String { module.map { "\(self)_[\($0)]" } ?? self }
}

extension KmemleakFrame {
  fileprivate var folded: String { symbol.map { $0.of(module) } ?? text }
}

extension LeakFrame {
  /// What isn't believed of a frame isn't drawn either.
  var folded: String {
    origin.isRefuted ? "?" : symbol.map { $0.of(module) } ?? printed
  }
}
