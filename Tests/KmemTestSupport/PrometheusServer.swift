import Foundation
import Glibc

/// A real Prometheus on loopback, with the series that a test gives it.
///
/// Its programs are Debian's `prometheus`, installed or unpacked below the folder that
/// `KMEMCHECK_PROMETHEUS` names.
package final class PrometheusServer {
  private static let folders =
    [ProcessInfo.processInfo.environment["KMEMCHECK_PROMETHEUS"]].compactMap { $0 }
    + ["/usr/bin", "/usr/local/bin"]

  private static func find(_ name: String) -> String? {
    folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  package static let promtool = find("promtool")
  package static let isThere = promtool != nil && find("prometheus") != nil

  private let process = Process()
  private let folder: TemporaryFolder
  package let url: String
  /// The certificate that whoever asks a server with TLS has to trust; nil without.
  package let authority: String?

  /// Starts a server with the series, in the text format of OpenMetrics with times.
  package init(openMetrics text: String, options: [String] = [], tls: Bool = false) throws {
    folder = try TemporaryFolder()
    let port = try Self.freePort()
    url = "\(tls ? "https" : "http")://127.0.0.1:\(port)"
    authority = tls ? try Self.certificate(in: folder) : nil
    let series = try folder.write("series.txt", Array(text.utf8))
    let configuration = try folder.write("prometheus.yml", Array("global: {}\n".utf8))
    let data = "\(folder.path)/data"
    let made = Tool.run(
      Self.promtool ?? "promtool", ["tsdb", "create-blocks-from", "openmetrics", series, data])
    guard made?.status == 0 else { throw Failure(reason: made?.output ?? "no promtool") }
    process.executableURL = URL(fileURLWithPath: Self.find("prometheus") ?? "prometheus")
    process.arguments =
      [
        "--config.file=\(configuration)", "--storage.tsdb.path=\(data)",
        "--storage.tsdb.retention.time=365d", "--web.listen-address=127.0.0.1:\(port)",
      ] + options + (tls ? ["--web.config.file=\(folder.path)/web.yml"] : [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let end = Date().addingTimeInterval(60)
    while Date() < end {
      if ask("-k", "-g", "-o", "/dev/null", "\(url)/-/ready") != nil { return }
      usleep(100_000)
    }
    throw Failure(reason: "prometheus isn't ready within a minute")
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  package struct Failure: Error { package let reason: String }

  /// How many series a query returns now.
  package func count(_ query: String) throws -> Int {
    let answer =
      ask("-k", "--data-urlencode", "query=\(query)", "\(url)/api/v1/query").map(\.utf8) ?? "".utf8
    let json = try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any]
    let data = json?["data"] as? [String: Any]
    return (data?["result"] as? [Any])?.count ?? 0
  }

  private func ask(_ arguments: String...) -> String? {
    Tool.run("/usr/bin/env", ["curl", "-sf"] + arguments).flatMap {
      $0.status == 0 ? $0.output : nil
    }
  }

  /// A certificate of its own for 127.0.0.1, and the server's settings for it.
  private static func certificate(in folder: TemporaryFolder) throws -> String {
    let (certificate, key) = ("\(folder.path)/server.pem", "\(folder.path)/server.key")
    let made = Tool.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
        certificate,
      ])
    guard made?.status == 0 else { throw Failure(reason: made?.output ?? "no openssl") }
    let settings = "tls_server_config: {cert_file: \(certificate), key_file: \(key)}\n"
    _ = try folder.write("web.yml", Array(settings.utf8))
    return certificate
  }

  /// A port of loopback that nobody listens at.
  private static func freePort() throws -> UInt16 {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        let isBound = unsafe bind(handle, name, size) == 0
        return unsafe isBound && getsockname(handle, name, &size) == 0
      }
    }
    guard isBound else { throw Failure(reason: "no free port") }
    return UInt16(bigEndian: address.sin_port)
  }
}

/// Series with times, in the text format of OpenMetrics.
package struct OpenMetricsText {
  private var families: [String: [String]] = [:]

  package init() {}

  /// Adds a series: its labels as they stand between braces, and its value at each time.
  package mutating func add(
    _ name: String, _ labels: String, at times: [Int], _ value: (Int) -> Double
  ) {
    families[name, default: []] += times.map { "\(name){\(labels)} \(value($0)) \($0)" }
  }

  /// Adds what `kmemcheck metrics` printed, as an instance had it all the time.
  package mutating func add(metrics: String, instance: String, at times: [Int]) {
    for line in metrics.split(separator: "\n") where !line.hasPrefix("#") {
      guard let space = line.lastIndex(of: " ") else { continue }
      let value = Double(line[line.index(after: space)...]) ?? .nan
      let head = line[..<space]
      let parts = head.split(separator: "{", maxSplits: 1)
      let labels = parts.count > 1 ? "," + parts[1].dropLast() : ""
      add(String(parts[0]), "instance=\"\(instance)\"\(labels)", at: times) { _ in value }
    }
  }

  package var text: String {
    families.sorted { $0.key < $1.key }.map { name, lines in
      "# TYPE \(name) unknown\n\(lines.joined(separator: "\n"))\n"
    }.joined() + "# EOF\n"
  }
}
