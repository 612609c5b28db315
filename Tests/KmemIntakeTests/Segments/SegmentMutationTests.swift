import KmemIntake
import KmemTestSupport
import Testing

@Suite("Damaged texts of several files")
struct SegmentMutationTests {
  private static let text = Array(
    ("$ date; cat /proc/meminfo\nTue Jul 29 04:00:02 MSK 2025\n" + Short.meminfo
      + "$ cat /proc/slabinfo\n"
      + Short.slabinfo + "=== 11:28:15 up 1 day,  2:03,  1 user\n" + Short.later + Short.vmstat
      + Short.buddyinfo
      + Short.row(64) + Short.row(128)).utf8)

  /// The text as a damaged copy might hold it.
  private func mutated(_ seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var bytes = Self.text
    for _ in 0..<Int.random(in: 1...12, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.insert(contentsOf: bytes[place...].prefix(200), at: place)
      case 2: bytes.removeSubrange(place..<min(place + 60, bytes.count))
      case 3: bytes[place] = [0x0A, 0x20, 0x3A, 0x2D, 0x39, 0x00][place % 6]
      default: bytes.removeLast(min(50, bytes.count - place))
      }
    }
    return bytes
  }

  @Test("No damage makes a line of a text count twice, and pieces change nothing")
  func mutations() {
    for seed in 0..<400 as Range<UInt64> {
      let text = mutated(seed)
      let (whole, parts) = (intake(text), intake(text, pieces: 1 + Int(seed % 97)))
      #expect(whole.count == parts.count, "seed \(seed)")
      #expect(whole.keptBytes <= text.count + 2 * whole.count + 20, "seed \(seed)")
      for number in 0..<whole.count {
        #expect(whole[number + 1] == parts[number + 1], "seed \(seed)")
      }
    }
  }
}
