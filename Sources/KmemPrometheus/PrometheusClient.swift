internal import CCurl
internal import Glibc

/// Asks a server that speaks the HTTP API of Prometheus.
package struct PrometheusClient: Sendable {
  /// The address without a path of the API: `http://prometheus:9090`.
  package let url: String
  /// Further lines of each request, such as `X-Scope-OrgID: 1`; secrets among them are never printed.
  package var headers: [String] = []
  /// A file of certificates that are trusted; nil for the system's.
  package var authorities: String?
  /// The seconds that one question may take.
  package var seconds = 60.0
  /// The most bytes of an answer: a batch that has more is asked for in parts.
  package static let limit = 192 << 20

  /// A client of the server at that address.
  package init(url: String) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// Why there is no answer.
  package enum Refusal: Error, Hashable, Sendable {
    /// libcurl isn't there.
    case noLibrary
    /// The server can't be reached; in libcurl's words.
    case unreachable(String)
    /// The server didn't answer in time; in libcurl's words.
    case late(String)
    /// The server's certificate is of nobody who is trusted; in libcurl's words.
    case untrusted(String)
    /// The answer has more bytes than are taken.
    case tooLong
  }

  /// The bytes that the server answers to a form, and the status of HTTP.
  ///
  /// - Throws: `Refusal`.
  package func ask(_ path: String, _ form: [(name: String, value: String)]) throws(Refusal) -> (
    status: Int, body: [UInt8]
  ) {
    guard curl_client_exists() else { throw .noLibrary }
    var reply = unsafe curl_reply()
    let encoded = form.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
    let didAnswer = unsafe perform(url + path, encoded, &reply)
    defer { unsafe free(reply.body) }
    if unsafe reply.is_too_long { throw .tooLong }
    guard didAnswer else {
      let words = unsafe withUnsafeBytes(of: &reply.error) { bytes in
        unsafe Array(bytes).prefix { $0 != 0 }
      }
      let error = String(decoding: words, as: UTF8.self)
      if unsafe reply.is_late { throw .late(error) }
      throw unsafe reply.is_untrusted ? .untrusted(error) : .unreachable(error)
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: reply.body, count: reply.length)
    return (Int(unsafe reply.status), unsafe Array(bytes))
  }

  private func perform(_ address: String, _ form: String, _ reply: inout curl_reply) -> Bool {
    let lines = unsafe headers.map { unsafe strdup($0) }
    defer { for index in headers.indices { unsafe free(lines[index]) } }
    var pointers: [UnsafePointer<CChar>?] = unsafe lines.map { unsafe UnsafePointer($0) }
    unsafe pointers.append(nil)
    return unsafe pointers.withUnsafeBufferPointer { lines in
      unsafe address.withCString { address in
        unsafe form.withCString { form in
          unsafe Self.optional(authorities) { authorities in
            var question = unsafe curl_question(
              url: address, form: form, headers: lines.baseAddress, authorities: authorities,
              milliseconds: Int(seconds * 1000), limit: Self.limit)
            return unsafe curl_client_ask(&question, &reply)
          }
        }
      }
    }
  }

  private static func optional<Result>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    guard let text else { return body(nil) }
    return unsafe text.withCString(body)
  }

  /// The value as a form has it: all but letters, digits and a few marks as `%xx`.
  private static func encoded(_ value: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
