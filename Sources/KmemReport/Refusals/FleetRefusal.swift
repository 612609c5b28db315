/// Why many machines can't be judged by what a server or a folder has of them.
package enum FleetRefusal: Refusal {
  case noLibrary
  case badURL(String)
  /// In libcurl's words.
  case unreachable(url: String, error: String)
  /// In libcurl's words; how long the question was given.
  case late(url: String, error: String, seconds: Double)
  /// In libcurl's words.
  case untrusted(url: String, error: String)
  /// The status of HTTP, and what the server says.
  case refused(url: String, status: Int, error: String?)
  case notPrometheus(url: String)
  case tooMuch(url: String, host: String)
  /// No host has metrics of kmemcheck.
  case noHosts(url: String, selector: String?)
  case unreadable(file: String)

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .noLibrary:
      "libcurl isn't installed, which asks servers: install libcurl4 (Debian), libcurl (Fedora)"
    case .badURL(let url):
      "\(url) is no URL of a server: it begins with http:// or https://, without a user's name"
    case .unreachable(let url, let error): "\(url) doesn't answer (\(error))"
    case .untrusted(let url, let error):
      "\(url) has a certificate that isn't trusted (\(error)): --ca FILE names certificates to trust"
    case .late(let url, let error, let seconds):
      "\(url) doesn't answer (\(error)); --timeout gives it more than \(Amount.duration(seconds))"
    case .refused(let url, let status, let error): refused(url, status, error)
    case .notPrometheus(let url):
      "\(url) answers, but not as Prometheus does: give the address before /api/v1"
    case .tooMuch(let url, let host):
      "\(url) has more samples of \(host) than it gives at once: --last takes a shorter time, or "
        + "raise --query.max-samples of the server"
    case .noHosts(let url, let selector):
      "\(url) has no metrics of kmemcheck\(selector.map { " with \($0)" } ?? ""): run "
        + "kmemcheck watch --record --textfile on the hosts, see docs/fleet.md"
    case .unreadable(let file): "\(file) can't be read, or is empty"
    }
  }

  private func refused(_ url: String, _ status: Int, _ error: String?) -> String {
    let said = error.map { ": \($0)" } ?? ""
    switch status {
    case 401, 403: return "\(url) wants to know who asks (\(status)\(said)): see --bearer-file"
    case 404: return "\(url) has no HTTP API of Prometheus (404): give the address before /api/v1"
    default: return "\(url) refuses the question (\(status)\(said))"
    }
  }
}
