import KmemParsers
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// Reads a kmemleak report and, where one is given, the baseline before it.
struct LeakReading {
  let input: LeakInput
  let baseline: String?
  let wanted: UInt64?
  let rules: [Suppression]
  let sources: SourceLineOptions
  /// Lists of modules that were taken meanwhile.
  var others: [Snapshot] = []
  /// What was listed before, where it isn't named by a reference.
  var known: LeakBaseline?
  /// Whether where modules lie is noted: done by those who change the kernel's state anyway.
  var notesModules = false
  /// The iterations of a command, of which alone the report is to be.
  var windows: LeakWindows?

  /// The report.
  ///
  /// - Throws: `Failure` if there is no report, or what is there is none.
  func report() throws(Failure) -> LeakReport {
    switch try input.source() {
    case .held(let capture): return try report(in: capture)
    case .stream(let stream, let capture): return try report(from: stream, beside: capture)
    }
  }

  private func report(in capture: Capture) throws(Failure) -> LeakReport {
    let (reading, isKernelFile) = try Self.reading(in: capture)
    if reading.outcome != .read {
      let problem = LeakInputProblem.notWhole(reading.outcome, reason: reading.reason)
      input.options.remark("kmemcheck: \(problem.sentence)")
    }
    let snapshot = Snapshot(capture)
    var text = try begin(snapshot, isKernelFile: isKernelFile)
    let bytes = reading.bytes
    text.read(bytes.span)
    var report = try Self.checked(text.report(snapshot), capture.origin)
    report.scan = snapshot.scan
    return report
  }

  private func report(from stream: TextStream, beside capture: Capture) throws(Failure)
    -> LeakReport
  {
    let snapshot = Snapshot(capture)
    var text = try begin(snapshot, isKernelFile: capture.kind == .live)
    let end: TextStream.End
    do {
      end = try stream.read { text.read($0) }
    } catch {
      throw capture.kind == .live ? Failure.kmemleak(error) : Failure(error)
    }
    switch end {
    case .read: break
    case .archive: return try report(in: try input.whole())
    case .capture(let capture): return try report(in: capture.withConfiguration())
    case .truncated(let reason): input.options.remark("kmemcheck: \(stream.name): \(reason)")
    }
    return try Self.checked(text.report(snapshot), stream.name)
  }

  /// What the live report lists now, to tell later objects from.
  ///
  /// - Throws: `Failure` if it can't be read.
  func baselineOfNow() throws(Failure) -> LeakBaseline {
    guard case .stream(let stream, let capture) = try input.source() else {
      throw Failure(status: .usage, LeakInputProblem.onlyLiveIsBaseline)
    }
    let snapshot = Snapshot(capture)
    let map = ModuleHistory(snapshot: snapshot, sources: sources, isNoted: notesModules).map()
    var objects = LeakBaselineText(
      LeakBaseline(boot: .same, modules: map.printed(at: snapshot.host.upTime)))
    do {
      _ = try stream.read { objects.read($0) }
    } catch {
      throw Failure.kmemleak(error)
    }
    return objects.baseline()
  }

  /// Begins a report with all that is known: the baseline's objects, and where modules lay.
  private func begin(_ snapshot: Snapshot, isKernelFile isOwn: Bool) throws(Failure) -> LeakText {
    // A log names frames as they were when each line was written.
    let moment = isOwn ? snapshot.host.upTime : nil
    guard let baseline else {
      let map = ModuleHistory(
        snapshot: snapshot, others: others, sources: sources, isNoted: notesModules
      ).map()
      return LeakText(
        modules: map.printed(at: moment), baseline: known, rules: rules, wanted: wanted,
        windows: windows)
    }
    let known = try LeakInput(reference: baseline, root: nil, options: input.options).held()
    let before = Snapshot(known)
    let boot = LeakBaseline.Boot(before, snapshot, isRedacted: known.manifest?.isRedacted == true)
    let map = ModuleHistory(
      snapshot: snapshot, others: others + (boot == .same ? [before] : []), sources: sources,
      isNoted: notesModules
    ).map()
    let own = boot == .same ? map : ModuleMap(before)
    let (reading, isKernelFile) = try Self.reading(in: known)
    let then = isKernelFile ? before.host.upTime : nil
    var objects = LeakBaseline(boot: boot, modules: own.printed(at: then))
    let bytes = reading.bytes
    objects.read(bytes.span)
    return LeakText(
      modules: map.printed(at: moment), baseline: objects, rules: rules, wanted: wanted)
  }

  /// The source of the capture that holds the report, or a log in which there may be one.
  private static func reading(in capture: Capture) throws(Failure)
    -> (reading: SourceReading, isKernelFile: Bool)
  {
    let logs = ["var/log/kmemcheck-kernel.log", "var/log/dmesg", "var/log/kern.log"]
    let paths = [KmemleakFile.path] + logs + capture.sources.keys.filter { $0.contains("dmesg") }
    let path = paths.first { capture[$0].outcome == .read || !capture[$0].bytes.isEmpty }
    if let path { return (capture[path], path == KmemleakFile.path) }
    let own = capture[KmemleakFile.path]
    throw Failure(
      status: own.outcome == .denied
        ? .notPermitted : own.outcome == .absent ? .noSuchInput : .badData,
      LeakInputProblem.notInCapture(
        origin: capture.origin, path: KmemleakFile.path, own.outcome, reason: own.reason))
  }

  private static func checked(_ report: LeakReport, _ name: String) throws(Failure) -> LeakReport {
    guard report.text.isRecognised else {
      throw Failure(status: .badData, LeakInputProblem.notRecognised(name: name))
    }
    return report
  }
}

extension LeakInput {
  /// The capture with the text in it, for a baseline, which is read whole.
  func held() throws(Failure) -> Capture {
    guard case .stream(let stream, var capture) = try source() else { return try whole() }
    var bytes: [UInt8] = []
    do {
      let end = try stream.read { piece in
        for index in piece.indices { bytes.append(piece[index]) }
      }
      switch end {
      case .archive: return try whole()
      case .capture(let capture): return capture.withConfiguration()
      case .truncated(let reason): options.remark("kmemcheck: \(stream.name): \(reason)")
      case .read: break
      }
    } catch {
      throw Failure(error)
    }
    capture.sources[KmemleakFile.path] = SourceReading(outcome: .read, bytes: bytes)
    return capture
  }
}

extension LeakBaseline.Boot {
  /// How the boots of two reports relate; addresses taken out by --redact tell nothing.
  init(_ before: Snapshot, _ after: Snapshot, isRedacted: Bool) {
    switch before.host.sameBoot(as: after.host) {
    case _ where isRedacted: self = .different
    case .same: self = .same
    case .different: self = .different
    case .unknown: self = .unknown
    }
  }
}
