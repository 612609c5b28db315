extension Sequence<UInt8> {
  /// The bytes as two hexadecimal digits each.
  var hexadecimal: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(underestimatedCount * 2)
    for byte in self {
      digits.append(hexDigits[Int(byte >> 4)])
      digits.append(hexDigits[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }
}

/// The hexadecimal digits by their values.
let hexDigits = Array("0123456789abcdef".utf8)
