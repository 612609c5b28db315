import KmemParsers
package import KmemSnapshot

/// The text of a report, which comes in pieces, and what else is known of its machine.
package struct LeakReportBuilder {
  private var reader = KmemleakReader()
  private var collector: LeakCollector
  private let modules: ModuleMap

  /// Begins a report.
  package init(
    modules: ModuleMap = ModuleMap(), baseline: LeakBaseline? = nil, rules: [Suppression] = [],
    wanted: UInt64? = nil, windows: IterationTickRanges? = nil
  ) {
    self.modules = modules
    collector = LeakCollector(
      modules: modules, baseline: baseline, rules: rules, wanted: wanted, windows: windows)
  }

  /// Reads the next piece, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>) {
    reader.read(piece) { collector.add($0, $1) }
  }

  /// The report, once the text has ended.
  package mutating func report(_ snapshot: Snapshot) -> LeakReport {
    reader.finish { collector.add($0, $1) }
    return LeakReport(collector, of: reader, snapshot: snapshot, modules: modules)
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
