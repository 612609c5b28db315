import KmemParsers
package import KmemSnapshot

/// The text of a report, which comes in pieces, and what else is known of its machine.
package struct LeakReportBuilder: Sendable {
  private var reader = KmemleakReader()
  private var collector: LeakCollector
  private let modules: ModuleMap
  private let frameRules: FrameRules
  private let isOwnFile: Bool
  /// Objects that were read, until they are enough to be collected at once.
  private var waiting: [(record: KmemleakRecord, stacks: Int)] = []

  private static let enough = 32

  /// Begins a report; `isOwnFile` says that the text is known to be kmemleak's own file, in which
  /// silence means that nothing is listed.
  package init(
    modules: ModuleMap = ModuleMap(), baseline: LeakBaseline? = nil, rules: [Suppression] = [],
    frameRules: FrameRules = FrameRules(), wanted: UInt64? = nil,
    windows: IterationTickRanges? = nil, isOwnFile: Bool = false
  ) {
    self.modules = modules
    self.frameRules = frameRules
    self.isOwnFile = isOwnFile
    collector = LeakCollector(
      modules: modules, baseline: baseline, rules: rules, frameRules: frameRules, wanted: wanted,
      windows: windows)
  }

  /// Reads the next piece, which may end anywhere.
  ///
  /// - Returns: whether more is wanted: nothing once the text has more distinct stacks than are kept.
  @discardableResult
  package mutating func read(_ piece: Span<UInt8>) -> Bool {
    for start in stride(from: 0, to: piece.count, by: 1 << 20) where wantsMore {
      reader.read(piece.extracting(start..<min(piece.count, start + 1 << 20))) { record, tables in
        waiting.append((record, tables.stackCount))
        guard waiting.count == Self.enough else { return }
        collector.add(waiting, tables)
        waiting.removeAll(keepingCapacity: true)
      }
    }
    return wantsMore
  }

  private var wantsMore: Bool { reader.tables.stackCount <= LeakTextFacts.stackLimit }

  /// The report, once the text has ended; the builder has read nothing then.
  package mutating func report(_ snapshot: Snapshot) -> LeakReport {
    reader.finish { record, tables in waiting.append((record, tables.stackCount)) }
    collector.add(waiting, reader.tables)
    waiting = []
    let text = LeakTextFacts(
      reader, repeated: collector.repeated, headless: collector.remains(of: reader),
      isOwnFile: isOwnFile)
    // Names, stacks and frames as they were read take half of the memory.
    reader = KmemleakReader()
    return LeakReport(
      &collector, of: text, snapshot: snapshot, modules: modules, frameRules: frameRules.rules)
  }
}

/// The text of an earlier report, which comes in pieces.
package struct LeakBaselineBuilder {
  private var reader = KmemleakReader()
  private var objects: LeakBaseline

  /// Begins the text; `empty` is a baseline with the boot and the modules of the earlier report.
  package init(_ empty: LeakBaseline) { objects = empty }

  /// Reads the next piece, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>) {
    reader.read(piece) { objects.add($0, $1) }
  }

  /// The baseline, once the text has ended.
  package mutating func baseline() -> LeakBaseline {
    reader.finish { objects.add($0, $1) }
    return objects
  }
}

extension LeakBaseline {
  /// Reads the whole text of an earlier report.
  package mutating func read(_ text: Span<UInt8>) {
    var reading = LeakBaselineBuilder(self)
    reading.read(text)
    self = reading.baseline()
  }
}
