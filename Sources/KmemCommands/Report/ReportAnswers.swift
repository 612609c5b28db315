import KmemAnalysis
import KmemHistory
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

/// The answers that go into a report: those of the verbs that the inputs are for.
struct ReportAnswers {
  let inputs: [String]
  let root: String?
  let sources: SourceLineOptions
  let options: CommonOptions
  /// What is piped in, where an input is that: several readers look at it.
  var held: HeldInput?

  /// An answer, with the status that its own verb would end with.
  struct Answer {
    let part: HTMLReport.Part
    var status = ExitStatus.done
  }

  /// What a document about the inputs is called: paths without their folders.
  var name: String {
    guard !inputs.isEmpty else { return root ?? "this machine" }
    return inputs.map { input in
      input == "-"
        ? InputName.standardInput : input.split(separator: "/").last.map(String.init) ?? input
    }.joined(separator: ", ")
  }

  /// The answers, the one about most first.
  ///
  /// - Throws: `Failure` if an input can't be read, or nothing in it is understood.
  func all() throws(Failure) -> [Answer] {
    switch inputs.count {
    case 0: return try moment("now")
    case 1: return try about(inputs[0])
    case 2 where !inputs.contains(where: History.isDatabase):
      return try growth(inputs[0], inputs[1])
    default: return [try series(inputs)]
    }
  }

  private func about(_ input: String) throws(Failure) -> [Answer] {
    if History.isDatabase(input) { return [try series([input])] }
    if let record = try TraceInput.recognized(Self.file(input)) { return [try trace(record)] }
    do throws(Failure) {
      return try moment(input)
    } catch {
      // A folder of captures is no snapshot, but as good as a history.
      guard LiveFacts.isDirectory(input), let answer = try? series([input]) else { throw error }
      return [answer]
    }
  }

  /// Reads snapshots, standard input from its start.
  var input: SnapshotInput {
    held?.rewind()
    return SnapshotInput(root: root, options: options)
  }

  /// A path for readers that want one.
  private static func file(_ input: String) -> String { input == "-" ? "/dev/stdin" : input }

  private func series(_ places: [String]) throws(Failure) -> Answer {
    held?.rewind()
    let report = try ReplayPlaces.judged(places.map(Self.file)).report
    let text = WatchText(report, style: .pictures, limit: 100)
    return Answer(part: HTMLReport.Part("What grows", text.written), status: report.exitStatus)
  }

  private func trace(_ record: TraceRecord) throws(Failure) -> Answer {
    let rules = try FrameRuleOptions.rules([])
    let report = TraceLines.resolve(TraceReport(record, frameRules: rules))
    let text = TraceText(report, style: .pictures, isVerbose: true)
    return Answer(
      part: HTMLReport.Part("Who keeps what is allocated", text.written), status: report.exitStatus)
  }
}

extension ReportAnswers {
  private func growth(_ from: String, _ to: String) throws(Failure) -> [Answer] {
    let before = try input.capture(from)
    let hasProcesses = before.sources[ProcessFacts.path] != nil
    let after = try input.capture(to, processes: hasProcesses ? ProcessBudget() : nil)
    return try growth(before, after) + leaks(in: after, named: to, baseline: from)
  }

  private func growth(_ before: Capture, _ after: Capture) throws(Failure) -> [Answer] {
    let earlier = MemoryModel(try input.snapshot(of: before).ofReport)
    let later = MemoryModel(try input.snapshot(of: after).ofReport)
    let report = DiffReport(from: earlier, to: later, leaks: after.newLeakGroups(since: before))
    let text = DiffText(report, style: .pictures, isVerbose: true)
    return [Answer(part: HTMLReport.Part("What grew", text.written))]
      + ReportHolders(later, since: earlier).parts.map { Answer(part: $0) }
  }

  private func moment(_ reference: String) throws(Failure) -> [Answer] {
    let captures: [Capture]
    do throws(Failure) {
      captures = try self.captures(reference)
    } catch {
      // What tells of leaks alone is no snapshot.
      let leaks = try leaks(in: nil, named: reference)
      guard !leaks.isEmpty else { throw error }
      return leaks
    }
    return try moment(captures, reference)
  }

  /// The ends of a text that holds several moments; else the one capture.
  private func captures(_ reference: String) throws(Failure) -> [Capture] {
    let capture = try input.capture(reference, processes: ProcessBudget())
    guard let moment = capture.textMoment, moment.count > 1,
      !reference.hasSuffix("@\(moment.number)")
    else { return [capture] }
    return try input.ends(reference)
  }

  private func moment(_ captures: [Capture], _ reference: String) throws(Failure) -> [Answer] {
    guard let last = captures.last else { return [] }
    let leaks = try leaks(in: last, named: reference)
    do throws(Failure) {
      let snapshot = try input.snapshot(of: last)
      // Several moments of a text are a series, unless they are shortages in a log.
      if let first = captures.first, captures.count > 1, snapshot.reportsAlone.isEmpty {
        return try [series([reference])] + growth(first, last) + leaks
      }
      return ReportHolders(MemoryModel(snapshot)).parts.map { Answer(part: $0) } + leaks
    } catch {
      // A leak report alone is no snapshot, and still a report.
      guard !leaks.isEmpty else { throw error }
      return leaks
    }
  }
}
