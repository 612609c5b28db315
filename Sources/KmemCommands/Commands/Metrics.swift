import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSources

/// `kmemcheck metrics`: what Prometheus keeps of this machine.
struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Print the machine's memory, and what is judged of it, for Prometheus.",
    discussion: """
      kmemcheck metrics                      once, to standard output
      kmemcheck metrics --textfile /var/lib/prometheus/node-exporter/kmemcheck.prom
      kmemcheck metrics @last                of a snapshot
      kmemcheck metrics --replay watch.sqlite

      At most 150 series: classes, the largest caches and callers, and the verdict on
      what watch --record kept of this boot. A recorder writes the same every minute:
      kmemcheck watch --record --textfile FILE. See docs/fleet.md.
      """)

  @Argument(help: "A snapshot, instead of this machine now.", completion: .snapshot)
  var snapshot: String?

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @Option(
    name: .long, parsing: .upToNextOption, help: "What was recorded, or captures in a row.",
    completion: .file())
  var replay: [String] = []

  @Option(
    name: .long, help: "The history's file, if it isn't watch.sqlite in the store.",
    completion: .file())
  var history: String?

  @Option(
    name: .long, help: "Write to this file, NAME.prom, which is never seen half-written.",
    completion: .file())
  var textfile: String?

  @Flag(name: .long, help: "Answer a request of HTTP on standard input, for a socket unit.")
  var http = false

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if [snapshot != nil, root != nil, !replay.isEmpty].count(where: { $0 }) > 1 {
      throw ValidationError("Name one of a snapshot, --root and --replay.")
    }
    if http, textfile != nil || options.json {
      throw ValidationError("--http answers on standard output, in the form of Prometheus.")
    }
    if let textfile, !textfile.hasSuffix(".prom") {
      throw ValidationError(OutputRefusal.notPrometheus(path: textfile).sentence + ".")
    }
  }

  func run() throws {
    if http {
      return try Output.answer(
        try MetricsRequest.response(MetricsRequest.read()) { MetricsText.text(try found()) })
    }
    let metrics = try found()
    if let textfile {
      do {
        return try PublishedText.write(MetricsText.text(metrics), as: textfile)
      } catch {
        throw Failure(error)
      }
    }
    let answer = Answer(json: MetricsJSON.document(metrics)) { _ in MetricsText.text(metrics) }
    try Output.answer(answer, options)
  }

  private func found() throws(Failure) -> [Metric] {
    if !replay.isEmpty { return try replayed() }
    if snapshot != nil || root != nil {
      let capture = try SnapshotInput(root: root, options: options).capture(snapshot ?? "now")
      _ = try SnapshotInput(root: nil, options: options).snapshot(of: capture)
      var machine = MachineMetrics()
      return machine.all(MetricsFacts(capture))
    }
    var live = LiveMetrics()
    return try live.once(history: history)
  }

  private func replayed() throws(Failure) -> [Metric] {
    let (report, tables) = try ReplayPlaces.judged(replay)
    var machine = MachineMetrics()
    return machine.all(MetricsFacts(report, tables: tables))
  }
}
