/// Names that are asked for by their bytes: of every frame of every stack, without making a string of each.
struct NameSet {
  private let names: [[UInt8]]
  /// The numbers of the names by count, first and last byte, which leave two of them together at most
  /// here and there.
  private var buckets = [[Int]](repeating: [], count: 1024)

  init(_ text: String) {
    names = text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
    for (number, name) in names.enumerated() { buckets[Self.bucket(name.span)].append(number) }
  }

  /// Whether one of the names is this one.
  func contains(_ name: Span<UInt8>) -> Bool {
    buckets[Self.bucket(name)].contains { name.count == names[$0].count && name.begins(names[$0]) }
  }

  /// Whether one of the names begins so.
  func hasName(beginningWith beginning: Substring) -> Bool {
    names.contains { $0.starts(with: beginning.utf8) }
  }

  private static func bucket(_ name: Span<UInt8>) -> Int {
    guard !name.isEmpty else { return 0 }
    return (name.count &* 67 &+ Int(name[0]) &* 31 &+ Int(name[name.count - 1])) & 1023
  }
}

/// Beginnings of names, found by their first byte.
struct NameBeginnings {
  let all: [String]
  private var byFirstByte = [[[UInt8]]](repeating: [], count: 256)

  init(_ names: [String]) {
    all = names
    for name in names { byFirstByte[Int(name.utf8.first ?? 0)].append(Array(name.utf8)) }
  }

  /// Whether the name begins with one of them.
  func fit(_ name: Span<UInt8>) -> Bool {
    !name.isEmpty && byFirstByte[Int(name[0])].contains { name.begins($0) }
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes begin with those.
  fileprivate func begins(_ beginning: [UInt8]) -> Bool {
    guard count >= beginning.count else { return false }
    for index in beginning.indices where self[index] != beginning[index] { return false }
    return true
  }

  /// Whether the bytes end with those.
  func ends(_ ending: [UInt8]) -> Bool {
    count >= ending.count && extracting((count - ending.count)...).begins(ending)
  }
}
