import KmemParsers
package import KmemSnapshot

/// What a kmemleak report says: groups of unreferenced objects, and how far the text could be read.
package struct LeakReport: Sendable {
  /// When and on which boot the report was read.
  package let moment: Moment
  /// The groups of objects that no suppression left out, the largest first.
  package internal(set) var groups: [LeakGroup]
  /// What the text held besides objects, and what of it couldn't be read.
  package let text: LeakTextFacts
  /// The clock that turns jiffies into seconds; nil where HZ isn't known.
  package let clock: LeakClock?
  /// The rules that were given, each with what it left out.
  package let suppressions: [Suppression]
  /// The user's rules for frames that are never to blame.
  package let frameRules: [FrameRule]
  /// What changed since an earlier report; nil where none was given.
  package let comparison: LeakComparison?
  /// Objects that the process which samples memory lost beside the command: no group has them.
  package let ofSampler: Int64
  /// The object at the address asked for; nil if the report has none there, or nobody asked.
  package private(set) var object: LeakObject?
  /// Modules that lay elsewhere earlier in this boot, so that frames of theirs may belong to other
  /// modules.
  package let movedModules: Set<String>
  /// The build ids of the machine's kernel and modules, by which files with debugging information
  /// are checked.
  package let builds: BuildIdentities
  /// Why frames have no lines of source.
  package private(set) var sourceNotes = SourceNotes()
  /// The files that lines of source were taken from.
  package private(set) var symbolFiles: [SymbolFile] = []

  /// The scans that the report rests on, and whether they count; nil if only a text was read.
  package var scan: ScanFacts?
  /// What grew since an earlier moment, where one is known.
  package internal(set) var growthVerdict: GrowthVerdict?

  /// Objects of all groups.
  package var objects: Int64 { groups.sum(\.objects) }
  /// Bytes of all groups.
  package var bytes: Int64 { groups.sum(\.bytes) }
  /// Objects that suppressions left out.
  package var suppressedObjects: Int64 { suppressions.sum(\.objects) }

  init(
    _ collector: inout LeakCollector, of text: LeakTextFacts, snapshot: Snapshot,
    modules: ModuleMap = ModuleMap(), frameRules: [FrameRule] = []
  ) {
    comparison = collector.comparison
    object = collector.wantedObject
    let found = collector.takeFindings()
    groups = found.groups
    suppressions = found.rules
    moment = Moment(snapshot)
    self.text = text
    self.frameRules = frameRules
    ofSampler = collector.ofSampler
    movedModules = modules.moved
    builds = snapshot.builds
    clock = LeakClock(
      config: snapshot.hz, upTime: snapshot.host.upTime, jiffies: Self.jiffies(of: found.groups))
  }

  private static func jiffies(of groups: [LeakGroup]) -> ClosedRange<UInt64>? {
    let ranges = groups.compactMap(\.jiffies)
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    return low...high
  }

  /// The ages of a group in seconds, the youngest and the oldest, and whether they were computed.
  package func ages(of group: LeakGroup) -> (youngest: Double, oldest: Double, isComputed: Bool)? {
    if let ages = group.ages {
      return (Double(ages.lowerBound) / 1000, Double(ages.upperBound) / 1000, false)
    }
    guard let clock, let jiffies = group.jiffies, let oldest = clock.age(jiffies.lowerBound),
      let youngest = clock.age(jiffies.upperBound)
    else { return nil }
    return (youngest, oldest, true)
  }
}

extension LeakReport {
  /// The frames whose lines of source aren't known yet, each once.
  package var openFrames: Set<CodeFrame> {
    let frames = groups.lazy.flatMap(\.frames) + (object?.frames ?? [])
    return Set(frames.lazy.filter { $0.source == nil }.compactMap(\.code))
  }

  /// The code in which they lie.
  package var openOwners: Set<CodeOwner> {
    var owners: Set<CodeOwner> = []
    var last: CodeOwner?
    func add(_ frames: [LeakFrame]) {
      // The frames of a stack are mostly of one module.
      for frame in frames where frame.source == nil {
        guard let owner = frame.owner, owner != last else { continue }
        owners.insert(owner)
        last = owner
      }
    }
    for group in groups { add(group.frames) }
    add(object?.frames ?? [])
    return owners
  }

  /// The report without reasons for missing lines of source, for where others name the lines.
  package var withoutSourceNotes: LeakReport {
    var report = self
    report.sourceNotes = SourceNotes()
    return report
  }

  /// The report with lines of source at its frames.
  package func adding(_ answers: SourceAnswers) -> LeakReport {
    var report = self
    report.sourceNotes = answers.notes
    report.symbolFiles = answers.files
    // Each stack of the report would be copied.
    guard !answers.lines.isEmpty else { return report }
    for index in report.groups.indices {
      answers.complete(&report.groups[index].frames)
      for other in report.groups[index].otherStacks.indices {
        answers.complete(&report.groups[index].otherStacks[other])
      }
    }
    if var object = report.object {
      answers.complete(&object.frames)
      report.object = object
    }
    return report
  }
}

extension SourceAnswers {
  /// Puts the lines that were found into frames.
  func complete(_ frames: inout [LeakFrame]) {
    for index in frames.indices {
      frames[index].lines = frames[index].code.flatMap { lines[$0] } ?? []
    }
  }
}
