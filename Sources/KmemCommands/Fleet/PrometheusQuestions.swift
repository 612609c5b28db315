import KmemAnalysis
import KmemParsers
import KmemPrometheus
import KmemReport

/// Questions to a server about the metrics of many machines, in batches of machines.
struct PrometheusQuestions {
  let client: PrometheusClient
  /// What the user's `--query` selects: `env="prod"`; nil for all.
  let selector: String?
  /// What the server says beside its answers.
  private(set) var warnings: Set<String> = []

  init(client: PrometheusClient, selector: String?) {
    self.client = client
    self.selector = selector
  }

  /// The seconds for which samples are asked for, and those between two of them.
  struct Span {
    let start: Double
    let end: Double
    let step: Double
  }

  /// The samples of a family on the hosts over the time.
  ///
  /// - Throws: `Failure` if the server doesn't answer, or not even those of one host.
  mutating func samples(
    of names: [MetricName], on hosts: [String]?, _ span: Span
  ) throws(Failure) -> [PrometheusAnswer.Series] {
    let form = [
      (name: "query", value: query(names, hosts)), (name: "start", value: "\(span.start)"),
      (name: "end", value: "\(span.end)"), (name: "step", value: "\(span.step)"),
    ]
    if let answer = try ask("/api/v1/query_range", form) { return answer.series }
    // The server loads no more samples at once: each half is asked for alone.
    guard let hosts, hosts.count > 1 else {
      throw Failure(
        status: .unavailable,
        FleetRefusal.tooMuch(url: client.url, host: hosts?.first ?? "all hosts"))
    }
    let half = hosts.count / 2
    return try samples(of: names, on: Array(hosts[..<half]), span)
      + samples(of: names, on: Array(hosts[half...]), span)
  }

  /// The answer; nothing where it would be too large.
  private mutating func ask(_ path: String, _ form: [(name: String, value: String)]) throws(Failure)
    -> PrometheusAnswer?
  {
    let reply: (status: Int, body: [UInt8])
    do throws(PrometheusClient.Refusal) {
      reply = try client.ask(path, form)
    } catch {
      guard let refusal = refusal(error) else { return nil }
      throw Failure(status: .unavailable, refusal)
    }
    let answer = PrometheusAnswer(reply.body)
    if reply.status == 422, answer?.error?.contains("too many samples") == true { return nil }
    guard reply.status == 200, answer?.error == nil else {
      let status: ExitStatus = [401, 403].contains(reply.status) ? .notPermitted : .unavailable
      throw Failure(
        status: status,
        FleetRefusal.refused(url: client.url, status: reply.status, error: answer?.error))
    }
    guard let answer else {
      throw Failure(status: .badData, FleetRefusal.notPrometheus(url: client.url))
    }
    warnings.formUnion(answer.warnings)
    return answer
  }

  /// Why nobody answers; nil where the answer is only too long.
  private func refusal(_ error: PrometheusClient.Refusal) -> FleetRefusal? {
    switch error {
    case .tooLong: nil
    case .noLibrary: .noLibrary
    case .unreachable(let words): .unreachable(url: client.url, error: words)
    case .late(let words): .late(url: client.url, error: words, seconds: client.seconds)
    case .untrusted(let words): .untrusted(url: client.url, error: words)
    }
  }

  private func query(_ names: [MetricName], _ hosts: [String]?) -> String {
    var matchers = ["__name__=~\"\(names.map(\.name).joined(separator: "|"))\""]
    if let selector { matchers.append(selector) }
    if let hosts {
      let pattern = hosts.map(Self.literal).joined(separator: "|")
      matchers.append("instance=~\"\(pattern)\"")
    }
    return "{\(matchers.joined(separator: ","))}"
  }

  /// A host's name that matches itself alone, in a regular expression within quotes.
  private static func literal(_ host: String) -> String {
    host.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\", "\"": text += scalar == "\\" ? "\\\\\\\\" : "\\\""
      case "\n": text += "\\n"
      case ".", "+", "*", "?", "(", ")", "|", "[", "]", "{", "}", "^", "$":
        text += "\\\\" + String(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
