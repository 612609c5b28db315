import KmemParsers
package import KmemSnapshot

/// The text of a report, which comes in pieces, and what else is known of its machine.
package struct LeakText {
  private var reader = KmemleakReader()
  private var collector: LeakCollector
  private let modules: ModuleMap

  /// Begins a report.
  package init(
    modules: ModuleMap = ModuleMap(), baseline: LeakBaseline? = nil, rules: [Suppression] = [],
    wanted: UInt64? = nil
  ) {
    self.modules = modules
    collector = LeakCollector(modules: modules, baseline: baseline, rules: rules, wanted: wanted)
  }

  package mutating func read(_ piece: Span<UInt8>) {
    reader.read(piece) { collector.add($0, $1) }
  }

  /// The report, once the text has ended.
  package mutating func report(_ snapshot: Snapshot) -> LeakReport {
    reader.finish { collector.add($0, $1) }
    return LeakReport(collector, of: reader, snapshot: snapshot, modules: modules)
  }
}

extension LeakBaseline {
  /// Reads the whole text of an earlier report.
  package mutating func read(_ text: Span<UInt8>) {
    var reader = KmemleakReader()
    reader.read(text) { add($0, $1) }
    reader.finish { add($0, $1) }
  }
}
