import ArgumentParser
import KmemAnalysis
import KmemControl
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck watch`: whether memory is lost, whose it is, how fast, and how sure that is.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Watch memory until it's sure what leaks, whose it is and how fast.",
    discussion: """
      kmemcheck watch                        up to an hour, shorter when it's sure
      kmemcheck watch --for 8h --interval 30s
      sudo kmemcheck watch --trace           and name the kernel's function
      kmemcheck watch --record               go on, and keep what is seen
      kmemcheck watch --record --textfile kmemcheck.prom
      kmemcheck watch --replay watch.sqlite  judge again what was recorded
      kmemcheck watch --replay captures/     judge captures taken one after another
      kmemcheck watch --replay watch.sqlite --last 1h --nagios

      Samples classes of memory, slab caches, vmalloc, lines of source, processes and
      control groups. What --record kept of this boot is used too. It reads, and
      changes nothing in the kernel; as root it sees more.
      Exit status: 0 nothing grows but cache, 1 something grows, 2 not enough data,
      130 interrupted, with a verdict on what was sampled.
      """)

  @Option(name: .customLong("for"), help: "How long at most: 30m, 1h, 2d.")
  var duration: TimeSpan?

  @Option(name: .long, help: "Time between two samples.")
  var interval: TimeSpan?

  @Option(name: .long, parsing: .upToNextOption, help: "Ask only about these processes.")
  var pid: [Int] = []

  @Flag(name: .long, help: "Keep every sample in the history, and go on until stopped.")
  var record = false

  @Option(
    name: .long, help: "The history's file, if it isn't watch.sqlite in the store.",
    completion: .file())
  var history: String?

  @Option(name: .long, help: "With --record: forget what is older than so many days.")
  var keepDays: Int64 = 30

  @Option(name: .long, help: "With --record: the size that the history may have (256MiB).")
  var keepSize: ByteSize?

  @Option(
    name: .long,
    help: "With --record: write metrics for Prometheus to this file, NAME.prom, every minute.",
    completion: .file())
  var textfile: String?

  @Flag(name: .long, help: "Leave out what was recorded of this boot before.")
  var fresh = false

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Judge a history, or captures of any kind, instead of the live machine.",
    completion: .file())
  var replay: [String] = []

  @Option(name: .long, help: "With --replay: the machine, if captures are of several.")
  var host: String?

  @Option(name: .long, help: "With --replay: the boot, by the beginning of its id.")
  var boot: String?

  @Option(name: .long, help: "With --replay: only so long before the last sample.")
  var last: TimeSpan?

  @Option(name: .long, help: "Draw what was seen into this SVG file, too.", completion: .file())
  var chart: String?

  @OptionGroup var briefOptions: BriefOptions
  @Flag(
    name: .long,
    help: "If memory of the kernel's own grows, trace who allocates it, for a minute (root).")
  var trace = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    let seconds = interval?.seconds ?? 10
    guard (0.05...86400).contains(seconds) else {
      throw ValidationError("--interval takes a time from 50ms to 1d.")
    }
    if let duration, duration.seconds <= 0 {
      throw ValidationError("--for takes a time, such as 30m or 8h.")
    }
    guard (1...36500).contains(keepDays), keepSize.map({ $0.bytes >= 1 << 20 }) ?? true else {
      throw ValidationError("--keep-days takes 1 to 36500, --keep-size 1MiB or more.")
    }
    if replay.isEmpty, boot != nil || last != nil || host != nil {
      throw ValidationError("--boot, --host and --last choose what --replay judges.")
    }
    if briefOptions.isBrief, replay.isEmpty {
      throw ValidationError(
        "--brief and --nagios are for --replay: a check can't wait for a watch.")
    }
    if textfile != nil, !record { throw ValidationError("--textfile goes with --record.") }
    if trace, record || !replay.isEmpty || !pid.isEmpty {
      throw ValidationError("--trace goes with neither --record, --replay nor --pid.")
    }
    if !replay.isEmpty, record { throw ValidationError("--replay records nothing.") }
  }

  func run() throws {
    var report = try replay.isEmpty ? watched() : replayed()
    let traced = trace ? WatchTrace(options: options).report(after: report) : nil
    if traced != nil { report.noteTraced() }
    if let chart { try Output.draw(report.figures, to: chart) }
    var answer = Answer(report.exitStatus, json: WatchJSON.document(report, traced)) {
      [report] style in
      let text = WatchText(report, style: style, limit: options.verbose ? .max : 10).text
      guard let traced else { return text }
      return text + "\n"
        + TraceText(traced, style: style, isVerbose: options.verbose).text
    }
    answer.brief = { BriefLine.text(report) }
    try Output.answer(answer, options, brief: briefOptions)
  }

  private func watched() throws(Failure) -> WatchReport {
    for pid in pid { try Failure.ifAny { () throws(SourceError) in try LiveProcess(pid).check() } }
    let sampler = try MemorySampler(pids: Set(pid))
    let recorder = try record ? recorder(sampler.first.manifest) : nil
    let settings = WatchSettings(
      duration: duration?.seconds ?? (record ? nil : 3600), interval: interval?.seconds ?? pause,
      stopsWhenSure: !record, pids: Set(pid), named: (interval?.seconds, history), isFresh: fresh)
    let session = WatchSession(
      settings: settings, sampler: sampler, recorder: recorder,
      listener: try textfile.map { path throws(Failure) in try MetricsFile(path, options: options)
      },
      options: options)
    if !fresh, let boot = sampler.first.manifest?.bootID { resume(session, boot, settings) }
    return try session.run()
  }

  /// Seconds between samples where the user doesn't say: somebody who waits for an answer gets it in half the
  /// time.
  private var pause: Double { record || (duration?.seconds ?? 0) > 3600 ? 10 : 5 }

  private func recorder(_ manifest: Manifest?) throws(Failure) -> WatchRecorder {
    do {
      return try WatchRecorder(
        try history ?? Store.current.makeHistoryFile(), host: manifest, days: keepDays,
        bytes: keepSize?.bytes ?? 256 << 20, options: options)
    } catch {
      throw Failure(error)
    }
  }

  /// Begins with the samples recorded of this boot, as far back as is to be watched.
  private func resume(_ session: WatchSession, _ boot: String, _ settings: WatchSettings) {
    guard let file = WatchHistory.readable(history) else { return }
    let span = settings.duration ?? 3600
    let start = Int64(exactly: ((BootClock.now - span) * 1e9).rounded()) ?? 0
    do throws(Failure) {
      let earlier = try file.tables(boot: boot, from: start)
      guard let first = earlier.memory.times.first, let last = earlier.memory.times.last else {
        return
      }
      let part = try file.tables(boot: boot, from: start, to: first + (last - first) / 5 * 4)
      session.resume(earlier, first: part)
    } catch {
      if !record { options.remark("kmemcheck: \(error.message)") }
    }
  }

  private func replayed() throws(Failure) -> WatchReport {
    try ReplayPlaces.judged(replay, host: host, boot: boot, last: last?.seconds, pids: Set(pid))
      .report
  }
}
