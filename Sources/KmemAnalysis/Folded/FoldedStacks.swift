import KmemParsers
import KmemSnapshot

/// What each stack holds, the outermost function first: what flame graphs are drawn of.
package struct FoldedStacks: Hashable, Sendable {
  /// Where stacks come from.
  package enum Source: String, CaseIterable, Sendable {
    /// `/sys/kernel/debug/slab/*/alloc_traces`: objects of slab caches, with their metadata.
    case allocTraces = "alloc_traces"
    /// `/sys/kernel/debug/page_owner` and `page_owner_stacks`: pages.
    case pageOwner = "page_owner"
    /// `/proc/allocinfo`: lines of source, as folder, file and function.
    case allocinfo
  }

  /// The bytes that each stack holds; a stack is the names of its frames.
  package private(set) var bytes: [[String]: Int64] = [:]

  /// Without stacks.
  init() {}

  /// Whether there is no stack.
  package var isEmpty: Bool { bytes.isEmpty }

  /// All bytes together.
  package var total: Int64 { bytes.values.sum { $0 } }

  /// Adds what a stack holds; a stack without frames is one of unknown origin.
  mutating func add(_ frames: [String], _ amount: Int64) {
    guard amount != 0 else { return }
    let stack = frames.isEmpty ? ["?"] : frames
    bytes[stack] = (bytes[stack] ?? 0).plus(amount)
  }
}

extension FoldedStacks {
  /// The groups of a kmemleak report.
  package init(_ groups: [LeakGroup]) {
    for group in groups { add(group.frames.reversed().map(\.name), group.bytes) }
  }

  /// The leaks of programs, by their tools' reports.
  package init(_ report: ProgramLeakReport) {
    for group in report.leaks { add(group.frames.reversed().map(\.name), group.amount.bytes) }
  }

  /// What a source of a snapshot tells; nothing where the source isn't there, or tells no amounts.
  package init?(_ source: Source, of model: MemoryModel) {
    let snapshot = model.snapshot
    switch source {
    case .allocTraces:
      guard !snapshot.allocTraces.isEmpty else { return nil }
      for (name, traces) in snapshot.allocTraces { add(traces, of: name, model) }
    case .pageOwner:
      guard let stacks = snapshot.pageOwner.value else { return nil }
      for stack in stacks.stacks {
        add(
          stack.frames.reversed().map(\.foldedName),
          Int64(clamping: stack.pages ?? 0).timesClamped(model.pageSize))
      }
    case .allocinfo:
      guard let sites = model.sites.value else { return nil }
      for row in sites.rows { add(row.tag.foldedNames, row.bytes) }
    }
    guard !isEmpty else { return nil }
  }

  /// The objects of a cache; the cache itself is the outermost name, as its sizes are.
  private mutating func add(_ traces: AllocTraces, of name: String, _ model: MemoryModel) {
    let size = model.slab?.caches.first { $0.name == name }?.objectSize ?? 0
    for trace in traces.traces {
      let frames = trace.frames.reversed().map(\.foldedName)
      add(
        [name] + (frames.isEmpty ? ["?"] : frames), Int64(clamping: trace.count).timesClamped(size))
    }
  }
}

extension KmemleakFrame {
  /// The function and its module, as flame graphs write them: `leak_some_[leaky]`.
  fileprivate var foldedName: String {
    let name = symbol.map(LeakFrame.withoutCompilerSuffix) ?? "?"
    return module.map { "\(name) [\($0)]" } ?? name
  }
}

extension AllocationSite {
  /// The module, the folder, the file, and the function with its line.
  fileprivate var foldedNames: [String] {
    let parts = file.split(separator: "/").map(String.init)
    let folder = parts.dropLast().joined(separator: "/")
    return [
      module.map { "[\($0)]" }, folder.isEmpty ? nil : folder, parts.last, "\(function):\(line)",
    ]
    .compactMap(\.self)
  }
}
