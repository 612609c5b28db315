import KmemSnapshot

/// The open files that programs of one name gained: kernel memory that is held on their behalf.
package struct OpenFileGain: Hashable, Sendable {
  /// The command's name.
  package let name: String
  /// The process of that name that gained most.
  package let pid: Int
  /// How many processes of that name gained files.
  package let processes: Int
  /// Descriptors gained; two of them may stand for one open file.
  package let gained: Int64
  /// Whether any of the numbers of descriptors was estimated.
  package let isEstimate: Bool

  /// The programs that gained descriptors, the one that gained most first.
  static func all(_ growth: ProcessGrowth) -> [OpenFileGain] {
    let gainers = growth.changes.filter { ($0.descriptors ?? 0) > 0 }
    return Dictionary(grouping: gainers, by: \.process.name)
      .compactMap { name, members in
        guard let most = members.max(by: { ($0.descriptors ?? 0) < ($1.descriptors ?? 0) }) else {
          return nil
        }
        return OpenFileGain(
          name: name, pid: most.process.pid, processes: members.count,
          gained: members.sum { $0.descriptors ?? 0 },
          isEstimate: members.contains {
            $0.process.descriptorsAreEstimated || $0.before?.descriptorsAreEstimated == true
          })
      }
      .sorted { $0.gained == $1.gained ? $0.name < $1.name : $0.gained > $1.gained }
  }
}

extension SourceList<ProcessGrowth.Change> {
  /// The processes that changed, the one that gained most first; or why they aren't known.
  init(from before: Snapshot, to after: Snapshot, _ growth: ProcessGrowth?) {
    self.init(from: before, to: after, growth) { growth in
      growth.changes.filter { ($0.gained ?? 0) != 0 }
        .sorted { ($0.gained ?? 0, $1.process.pid) > ($1.gained ?? 0, $0.process.pid) }
    }
  }
}

extension SourceList<OpenFileGain> {
  /// The programs that gained open files, or why they aren't known.
  init(from before: Snapshot, to after: Snapshot, _ growth: ProcessGrowth?) {
    self.init(from: before, to: after, growth, OpenFileGain.all)
  }
}

extension SourceList {
  /// A list made from the growth of processes; without a growth, the reason why there is none.
  ///
  /// Two snapshots that hold processes have no growth of them if they are of two boots.
  fileprivate init(
    from before: Snapshot, to after: Snapshot, _ growth: ProcessGrowth?,
    _ elements: (ProcessGrowth) -> [Element]
  ) {
    if let growth {
      self = .listed(elements(growth))
    } else {
      let sides = Self(from: before.processes, to: after.processes) { _, _ in [] }
      self = .missing(sides.missing ?? .twoBoots)
    }
  }
}
