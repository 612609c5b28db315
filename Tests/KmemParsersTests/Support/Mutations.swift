import KmemTestSupport

/// The text as a damaged copy might hold it: bytes changed, cut out, doubled, or the end missing.
func mutated(_ text: [UInt8], seed: UInt64) -> [UInt8] {
  var generator = SeededGenerator(seed: seed)
  var bytes = text
  for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
    case 3: bytes.removeSubrange(place..<min(place + 40, bytes.count))
    case 4: bytes[place] = [0x0A, 0x20, 0x3A, 0x2D, 0x39, 0x00][place % 6]
    default: bytes.removeLast(bytes.count - place)
    }
  }
  return bytes
}
