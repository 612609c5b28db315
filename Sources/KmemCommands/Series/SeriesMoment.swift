import KmemAnalysis
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

/// One capture of a series, before it's read for its amounts: where it lies, whose it is, and when
/// it was taken.
struct SeriesMoment {
  let path: String
  let host: Host
  /// The label that the user gave it, if any.
  let label: String?
  /// The capture, where it is one of several in a text; nothing where it is read when its turn comes.
  private let held: Capture?
  /// The size of the file; of a folder that of nothing that lies in it.
  var bytes: Int64 { fileSize(at: path) }

  /// Why a capture of kmemcheck's own isn't what was written; it is read to its end for that.
  var damage: String? { captureDamage(at: path) }

  /// Reads as little as tells whose the captures at a path are: one, or the moments of a text.
  ///
  /// - Throws: an error if there is no capture at the path.
  static func all(at path: String, _ limits: ContainerLimits) throws -> [SeriesMoment] {
    if let manifest = captureManifest(at: path) {
      let host = Snapshot(Capture(origin: path, kind: .archive, manifest: manifest)).host
      return [SeriesMoment(path: path, host: host, label: manifest.label, held: nil)]
    }
    let captures = try KmemSources.captures(at: .path(path), CaptureOptions(limits: limits), .all)
    return captures.map {
      SeriesMoment(
        path: path, host: $0.identity, label: nil, held: captures.count > 1 ? $0 : nil)
    }
  }

  /// The capture, whole.
  ///
  /// - Throws: `Failure` if it can't be read.
  func capture() throws(Failure) -> Capture { try read(ContainerLimits()).withConfiguration() }

  /// The capture with no more than a sample needs: thousands of files tell of a boot what doesn't
  /// change in it.
  ///
  /// - Throws: `Failure` if it can't be read.
  func sample() throws(Failure) -> Capture {
    var limits = ContainerLimits()
    limits.passedOver = ["sys/kernel/slab/", "sys/module/"]
    return try read(limits)
  }

  private func read(_ limits: ContainerLimits) throws(Failure) -> Capture {
    if let held { return held }
    var limits = limits
    limits.parsesProcesses = true
    do {
      return try KmemSources.capture(at: .path(path), CaptureOptions(limits: limits))
    } catch {
      throw Failure(error)
    }
  }

  /// By what the user can ask for it: its path, with the number of the moment where a text has several.
  var reference: String {
    guard held != nil, let moment = host.textMoment else { return path }
    return TextMoment.reference(path, moment.number)
  }

  /// How many bytes are held of it until it is read.
  var heldBytes: Int { held?.sources.values.reduce(0) { $0 + $1.bytes.count } ?? 0 }

  /// How messages and `--host` call the machine.
  var machine: String { host.hostname ?? host.machineID ?? "unknown host" }

  /// Seconds since 1970; nothing where that isn't told.
  var wall: Double? { host.wallTime }

  /// Seconds on a clock that only moments of the same text share: a log without years, or one with
  /// nothing but the kernel's own stamps.
  var clock: Double? { held == nil ? nil : host.textMoment?.clock ?? host.upTime }

  /// Seconds on a clock that moments of several texts share whose times lack the year.
  var placed: Double?

  /// Seconds by which it is told how long before another capture of the series it was.
  var time: Double? { wall ?? placed ?? clock }

  /// Whether the machine was booted between the two captures.
  func isOfLaterBoot(than earlier: SeriesMoment) -> Bool {
    switch host.sameBoot(as: earlier.host) {
    case .different: return true
    case .same: return false
    case .unknown:
      guard let up = host.upTime, let before = earlier.host.upTime else { return false }
      return up < before || isBooted(since: earlier)
    }
  }

  /// Whether both clocks tell that it was booted between: that of the wall went on by far more than the
  /// other one, which may lag a little, or have stood still for a short sleep.
  private func isBooted(since earlier: SeriesMoment) -> Bool {
    guard path != earlier.path, let time, let before = earlier.time, let up = host.upTime,
      let upBefore = earlier.host.upTime
    else { return false }
    let (passed, counted) = (time - before, up - upBefore)
    return passed - counted > max(3600, passed / 10)
  }

  /// Whether it is the same report as one in another text: a log of the kernel's lines and one of all
  /// lines have each of them.
  func repeats(_ other: SeriesMoment) -> Bool {
    path != other.path && host.textMoment != nil && other.host.textMoment != nil
      && time != nil && time == other.time && host.upTime == other.host.upTime
      && machine == other.machine
  }
}

extension Capture {
  /// Whose it is and when it was taken, without parsing what it holds.
  fileprivate var identity: Host {
    // A log is the one text that tells of a machine among its lines.
    guard !kernelLogPaths.contains(where: { sources[$0] != nil && sources.count == 1 }) else {
      return Snapshot(self).ofReport.host
    }
    var few = self
    few.sources = sources.filter { $0.value.bytes.count < 1 << 10 || Self.telling.contains($0.key) }
    return Snapshot(few).host
  }

  /// The files that tell the machine or the moment and may be long.
  private static let telling: Set<String> = [
    KernelFile.stat.path, KernelVersion.path, Manifest.path,
  ]
}
