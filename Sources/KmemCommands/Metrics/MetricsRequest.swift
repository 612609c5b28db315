internal import Glibc
import KmemReport
import SystemPackage

/// One request of HTTP/1 on standard input, as a socket unit with `Accept=yes` hands it over.
enum MetricsRequest {
  /// What is answered.
  enum Answer: Equatable {
    case metrics(withBody: Bool)
    case notFound, notAllowed, bad
  }

  /// The most bytes of a request's head, and the seconds for which one is waited for.
  private static let limit = (bytes: 8192, seconds: 5)

  /// Reads the head of the request; one that is too long, too slow or no HTTP is bad.
  static func read() -> Answer {
    var head: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 2048)
    alarm(UInt32(limit.seconds))
    defer { alarm(0) }
    while !head.hasEnd, head.count < limit.bytes {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(STDIN_FILENO, bytes.baseAddress, bytes.count)
      }
      guard count > 0 else { break }
      head += buffer.prefix(count)
    }
    return answer(to: head)
  }

  /// What the head of a request asks for.
  static func answer(to head: [UInt8]) -> Answer {
    guard head.hasEnd, let line = head.split(separator: UInt8(ascii: "\n")).first else {
      return .bad
    }
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return .bad }
    guard words[0] == "GET" || words[0] == "HEAD" else { return .notAllowed }
    guard ["/metrics", "/"].contains(words[1].prefix { $0 != "?" }) else { return .notFound }
    return .metrics(withBody: words[0] == "GET")
  }

  /// The whole response.
  static func response(_ answer: Answer, _ metrics: () throws -> String) rethrows -> String {
    switch answer {
    case .metrics(let withBody):
      let body = try metrics()
      return head("200 OK", body.utf8.count, MetricsText.contentType) + (withBody ? body : "")
    case .notFound: return plain("404 Not Found", "The metrics are at /metrics.\n")
    case .notAllowed: return plain("405 Method Not Allowed", "Only GET and HEAD are answered.\n")
    case .bad: return plain("400 Bad Request", "That is no request of HTTP/1.\n")
    }
  }

  private static func plain(_ status: String, _ body: String) -> String {
    head(status, body.utf8.count, "text/plain; charset=utf-8") + body
  }

  private static func head(_ status: String, _ length: Int, _ type: String) -> String {
    "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n"
      + "Connection: close\r\n\r\n"
  }
}

extension [UInt8] {
  /// Whether the empty line is there that ends the head of a request.
  fileprivate var hasEnd: Bool {
    let text = String(decoding: self, as: UTF8.self)
    return text.contains("\r\n\r\n") || text.contains("\n\n")
  }
}
