import KmemParsers
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

extension LeakReportLoader {
  /// The objects that the live report lists now, to tell later ones from them.
  ///
  /// - Throws: `Failure` if the report can't be read.
  func baselineOfNow() throws(Failure) -> LeakBaseline {
    guard case .stream(let stream, let capture) = try input.source() else {
      throw Failure(status: .usage, LeakInputRefusal.onlyLiveIsBaseline)
    }
    let snapshot = Snapshot(capture)
    let map = history(snapshot).map()
    var objects = LeakBaselineBuilder(
      LeakBaseline(
        boot: .same, modules: map.printed(at: snapshot.host.upTime), frameRules: frameRules))
    do {
      _ = try stream.read { objects.read($0) }
    } catch {
      throw Failure.kmemleak(error)
    }
    return objects.baseline()
  }

  /// Begins a report with the objects of the baseline that a reference names.
  func begin(
    _ snapshot: Snapshot, readTime: Double?, after baseline: String, isOwnFile: Bool
  ) throws(Failure) -> LeakReportBuilder {
    let capture = try LeakInput(reference: baseline, root: nil, options: input.options).held()
    let before = Snapshot(capture)
    let boot = LeakBaseline.Boot(
      before, snapshot, isRedacted: capture.manifest?.isRedacted == true)
    let map = history(snapshot, boot == .same ? [before] : []).map()
    let (reading, isKernelFile) = try Self.reading(in: capture)
    let own = (boot == .same ? map : ModuleMap(before))
      .printed(at: isKernelFile ? before.host.upTime : nil)
    var objects = LeakBaseline(boot: boot, modules: own, frameRules: frameRules)
    let bytes = mended(reading.bytes, of: capture.origin)
    objects.read(bytes.span)
    programsBefore?.read(reading.bytes.span)
    programsBefore?.read(mended: bytes.span)
    programsBefore?.finish()
    return LeakReportBuilder(
      modules: map.printed(at: readTime), baseline: objects, rules: rules, frameRules: frameRules,
      wanted: wanted, isOwnFile: isOwnFile)
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
