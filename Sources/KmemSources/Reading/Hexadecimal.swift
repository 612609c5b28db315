extension Sequence<UInt8> {
  /// The bytes as two hexadecimal digits each.
  var hexadecimal: String {
    String(
      decoding: flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The hexadecimal digits by their values.
let hexDigits = Array("0123456789abcdef".utf8)
