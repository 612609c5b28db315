import ArgumentParser
import KmemAnalysis
import KmemPrometheus
import KmemReport
import KmemSources

/// `kmemcheck fleet`: one question over many machines.
struct Fleet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Tell which of many machines leak, and what those have that the others don't.",
    discussion: """
      kmemcheck fleet --prometheus http://prometheus:9090
      kmemcheck fleet --prometheus URL --query 'env="prod"' --last 2d
      kmemcheck fleet captures/              captures or histories of many machines

      The machines' metrics come from kmemcheck watch --record --textfile, see
      docs/fleet.md. Thanos, Mimir and VictoriaMetrics are asked alike, and nothing
      is changed on them.
      Exit status: 0 no machine leaks, 1 some do, 2 too little is known of one.
      """)

  @Argument(help: "Folders and files of many machines.", completion: .file())
  var places: [String] = []

  @Option(name: .long, help: "The server's URL, without /api/v1.")
  var prometheus: String?

  @Option(name: .long, help: "Only machines whose metrics have these labels: env=\"prod\".")
  var query: String?

  @Option(name: .long, help: "How far back samples are judged (24h).")
  var last: TimeSpan?

  @Option(name: .long, help: "How long one question to the server may take (60s).")
  var timeout: TimeSpan?

  @Option(
    name: .long, help: "A file whose first line is sent as a bearer token.", completion: .file())
  var bearerFile: String?

  @Option(name: .long, help: "A further line of each request: 'X-Scope-OrgID: 1'.")
  var header: [String] = []

  @Option(
    name: .long, help: "A file of certificates to trust, instead of the system's.",
    completion: .file())
  var ca: String?

  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard (prometheus == nil) != places.isEmpty else {
      throw ValidationError("Name folders of captures, or a server by --prometheus URL.")
    }
    if header.contains(where: { $0.contains(where: \.isNewline) || !$0.contains(":") }) {
      throw ValidationError("--header takes one line, 'Name: value'.")
    }
    if let last, !(600...366 * 86400).contains(last.seconds) {
      throw ValidationError("--last takes a time from 10m to 366d.")
    }
    if let timeout, !(0.1...3600).contains(timeout.seconds) {
      throw ValidationError("--timeout takes a time from 100ms to 1h.")
    }
  }

  func run() throws {
    let report = try prometheus.map { url throws(Failure) in try asked(url) } ?? folder()
    let answer = Answer(report.exitStatus, json: FleetJSON.document(report)) { style in
      FleetText(report, style: style, limit: options.verbose ? .max : 20).text
    }
    try Output.answer(answer, options)
  }

  private func folder() throws(Failure) -> FleetReport { try FolderFleet(places: places).report() }

  private func asked(_ url: String) throws(Failure) -> FleetReport {
    let address = url.split(separator: "/").dropFirst().first ?? ""
    guard url.hasPrefix("http://") || url.hasPrefix("https://"), !address.isEmpty,
      !address.contains("@")
    else { throw Failure(status: .usage, FleetRefusal.badURL(url)) }
    var client = PrometheusClient(url: url)
    client.headers = header
    if let bearerFile { client.headers.append("Authorization: Bearer \(try token(bearerFile))") }
    if let ca { _ = try text(ca) }
    client.authorities = ca
    client.seconds = timeout?.seconds ?? 60
    var fleet = PrometheusFleet(
      client: client, selector: query, seconds: last?.seconds ?? 86400)
    return try fleet.report()
  }

  private func token(_ path: String) throws(Failure) -> String {
    let line = String(decoding: try text(path).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard !line.isEmpty else {
      throw Failure(status: .noSuchInput, FleetRefusal.unreadable(file: path))
    }
    return line
  }

  /// What is in a file of secrets or certificates.
  private func text(_ path: String) throws(Failure) -> [UInt8] {
    guard let bytes = try? SmallFile(path, limit: 4 << 20).bytes(), !bytes.isEmpty else {
      throw Failure(status: .noSuchInput, FleetRefusal.unreadable(file: path))
    }
    return bytes
  }
}
