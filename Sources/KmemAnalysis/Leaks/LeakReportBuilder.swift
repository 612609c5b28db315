package import KmemParsers
package import KmemSnapshot

/// What a report says of a text, and what else is known of its machine.
package struct LeakReportBuilder: Sendable {
  /// What reads the text where that isn't done elsewhere.
  private var text = LeakTextReader()
  private var collector: LeakCollector
  private let modules: ModuleMap
  private let frameRules: FrameRules
  private let isOwnFile: Bool

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

  /// Adds objects that were read.
  package mutating func add(_ batch: LeakBatch) { collector.add(batch) }

  /// Reads the next piece, which may end anywhere.
  ///
  /// - Returns: whether more is wanted: nothing once the text has more distinct stacks than are kept.
  @discardableResult
  package mutating func read(_ piece: Span<UInt8>) -> Bool {
    text.read(piece) { collector.add($0) }
  }

  /// The report, once the text has ended; the builder has read nothing then.
  package mutating func report(_ snapshot: Snapshot) -> LeakReport {
    let reader = text.finish { collector.add($0) }
    return report(snapshot, of: reader)
  }

  /// The report of a text that `reader` has read, once all its objects were added.
  package mutating func report(_ snapshot: Snapshot, of reader: consuming KmemleakReader)
    -> LeakReport
  {
    let text = LeakTextFacts(
      copy reader, repeated: collector.repeated, headless: collector.remains(of: copy reader),
      isOwnFile: isOwnFile)
    // Names, stacks and frames as they were read take half of the memory.
    _ = consume reader
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
