/// Words that stand for secrets: the same word for the same secret, and another one for each kind.
struct Pseudonyms {
  /// What a secret is of.
  enum Kind: String, CaseIterable {
    case host, identifier, comm, name, argument, address, checksum, builder, option
  }

  private let key: RedactionKey
  private var known: [String: String] = [:]
  /// How many secrets of each kind were met.
  private(set) var counts: [String: Int] = [:]

  init(_ key: RedactionKey) { self.key = key }

  /// A word by which two captures with the same key are known.
  var keyWord: String { Self.letters(key.hash(Array("which key".utf8)), 12) }

  /// Letters only: digits in names are taken for numbers by whoever groups them.
  mutating func word(_ kind: Kind, _ secret: some StringProtocol) -> String {
    guard !secret.isEmpty else { return "" }
    return word(kind, String(secret)) { Self.prefix(kind) + Self.letters($0, 10) }
  }

  /// The secret with each hexadecimal digit another one, so that its form stays.
  mutating func digits(_ kind: Kind, _ secret: some StringProtocol) -> String {
    word(kind, String(secret)) { hash in
      var index = 0
      return String(
        secret.map { character in
          guard character.isHexDigit else { return character }
          index += 1
          let digit = hash[index / 2 % 32] >> (index % 2 * 4) & 15
          return Character(UnicodeScalar(hexDigits[Int(digit)]))
        })
    }
  }

  /// An address with as many digits, of which at most the last twelve tell one from another.
  mutating func address(_ digits: some StringProtocol) -> String {
    let significant = digits.drop { $0 == "0" }.lowercased()
    let count = min(12, digits.utf8.count)
    let word = word(.address, significant) { hash in
      String(decoding: hash.prefix(12).map { hexDigits[Int($0 & 15)] }, as: UTF8.self)
    }
    return String(repeating: "0", count: max(0, digits.utf8.count - count)) + word.prefix(count)
  }

  private mutating func word(_ kind: Kind, _ secret: String, _ make: ([UInt8]) -> String) -> String
  {
    let text = "\(kind.rawValue)\0\(secret)"
    if let word = known[text] { return word }
    let word = make(key.hash(Array(text.utf8)))
    known[text] = word
    counts[kind.rawValue, default: 0] += 1
    return word
  }

  private static func letters(_ hash: [UInt8], _ count: Int) -> String {
    String(
      decoding: (0..<count).map { UInt8(ascii: "a") + (hash[$0] & 15) }, as: UTF8.self)
  }

  private static func prefix(_ kind: Kind) -> String {
    switch kind {
    case .host: "host-"
    case .comm: "comm-"
    default: ""
    }
  }
}
