/// Reads JSON as it comes, without keeping it: answers of servers have millions of numbers.
struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  /// How deep values may be in each other, so that no stranger can exhaust the stack.
  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Why a text isn't JSON, at which byte.
  struct Mistake: Error, Equatable {
    let place: Int
  }

  private var mistake: Mistake { Mistake(place: place) }

  /// The next byte that isn't blank, without passing it.
  private mutating func peek() throws(Mistake) -> UInt8 {
    while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
    guard place < bytes.count else { throw mistake }
    return bytes[place]
  }

  private mutating func take(_ byte: UInt8) throws(Mistake) {
    guard try peek() == byte else { throw mistake }
    place += 1
  }

  private mutating func takes(_ byte: UInt8) throws(Mistake) -> Bool {
    guard try peek() == byte else { return false }
    place += 1
    return true
  }

  /// Calls the closure for each member of an object; it must read or skip the value.
  mutating func object(_ member: (String, inout JSONReader) throws(Mistake) -> Void) throws(Mistake)
  {
    try take(UInt8(ascii: "{"))
    if try takes(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try take(UInt8(ascii: ":"))
      try member(key, &self)
    } while try takes(UInt8(ascii: ","))
    try take(UInt8(ascii: "}"))
  }

  /// Calls the closure for each element of an array; it must read or skip the value.
  mutating func array(_ element: (inout JSONReader) throws(Mistake) -> Void) throws(Mistake) {
    try take(UInt8(ascii: "["))
    if try takes(UInt8(ascii: "]")) { return }
    repeat { try element(&self) } while try takes(UInt8(ascii: ","))
    try take(UInt8(ascii: "]"))
  }

  /// A string, with its escapes undone.
  mutating func string() throws(Mistake) -> String {
    try take(UInt8(ascii: "\""))
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\""),
      bytes[place] != UInt8(ascii: "\\")
    { place += 1 }
    guard place < bytes.count else { throw mistake }
    guard bytes[place] == UInt8(ascii: "\\") else {
      defer { place += 1 }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(Mistake) -> String {
    var units = Array(String(decoding: bytes[start..<place], as: UTF8.self).utf16)
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\") {
        units.append(try escape())
      } else {
        let from = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""),
          bytes[place] != UInt8(ascii: "\\")
        { place += 1 }
        units += Array(String(decoding: bytes[from..<place], as: UTF8.self).utf16)
      }
    }
    guard place < bytes.count else { throw mistake }
    place += 1
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func escape() throws(Mistake) -> UInt16 {
    guard place + 1 < bytes.count else { throw mistake }
    let kind = bytes[place + 1]
    place += 2
    switch kind {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "u"):
      guard place + 4 <= bytes.count,
        let unit = UInt16(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
      else { throw mistake }
      place += 4
      return unit
    default: return UInt16(kind)
    }
  }

  /// A number, also one in quotes as Prometheus writes values: `"+Inf"`, `"NaN"`.
  mutating func number() throws(Mistake) -> Double {
    if try peek() == UInt8(ascii: "\"") {
      guard let value = Double(try string()) else { throw mistake }
      return value
    }
    let start = place
    while place < bytes.count, Self.isOfNumber(bytes[place]) { place += 1 }
    guard let value = Double(String(decoding: bytes[start..<place], as: UTF8.self)) else {
      throw mistake
    }
    return value
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// Passes over a value.
  mutating func skip(depth: Int = 0) throws(Mistake) {
    guard depth < Self.deepest else { throw mistake }
    switch try peek() {
    case UInt8(ascii: "{"):
      try object { (_, reader) throws(Mistake) in try reader.skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      try array { (reader) throws(Mistake) in try reader.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      while place < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[place]) {
        place += 1
      }
    default: _ = try number()
    }
  }
}
