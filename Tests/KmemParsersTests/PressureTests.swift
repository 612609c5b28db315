import Testing

@testable import KmemParsers

@Suite struct PressureTests {
  static let text = """
    some avg10=1.04 avg60=3.77 avg300=15.02 total=32990342
    full avg10=0.00 avg60=100.00 avg300=0.09 total=18446744073709551615

    """

  @Test func `both lines are read`() throws {
    let pressure = try read(Self.text)
    #expect(pressure.some == .init(avg10: 1.04, avg60: 3.77, avg300: 15.02, total: 32_990_342))
    #expect(pressure.full == .init(avg10: 0, avg60: 100, avg300: 0.09, total: .max))
    #expect(pressure.remarks == [])
  }

  @Test func `one of the lines is enough`() throws {
    let cpu = try read("some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n")
    #expect(cpu.some?.total == 5)
    #expect(cpu.full == nil)
    let irq = try read("full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n")
    #expect(irq.some == nil)
    #expect(irq.full?.total == 7)
  }

  @Test func `a key that is new is passed over`() throws {
    let pressure = try read("some avg10=1.00 avg60=2.00 avg300=3.00 avg900=4.00 total=5\n")
    #expect(pressure.some?.total == 5)
  }

  @Test(arguments: [
    "some avg10=0.00 avg60=0.00 avg300=0.00 total=", "some avg10=0.00 avg60=0.00",
    "some avg10=0 avg60=0.00 avg300=0.00 total=1", "some avg10=a.bc avg60=0.00 avg300=0.00 total=1",
    "some avg10=1000.00 avg60=0.00 avg300=0.00 total=1",
    "some avg10=0.00 avg60=0.00 avg300=0.00 total=18446744073709551616", "some", "any avg10=0.00",
  ])
  func `a line without all its numbers is refused`(text: String) {
    #expect(refusal(Array(text.utf8)) { _ = try Pressure(parsing: $0) } != nil)
  }

  @Test func `a cut line doesn't cost the other`() throws {
    let pressure = try read(String(Self.text.prefix(90)))
    #expect(pressure.some?.total == 32_990_342)
    #expect(pressure.full == nil)
    #expect(pressure.remarks.map(\.line) == [2])
  }

  @Test func `of two lines of one kind the first counts`() throws {
    let pressure = try read(Self.text + Self.text.replacing("32990342", with: "1"))
    #expect(pressure.some?.total == 32_990_342)
    #expect(pressure.remarks.map(\.line) == [3, 4])
  }

  @Test(arguments: Damage.refused.map(\.name))
  func `a text without such a line is refused`(name: String) throws {
    let bytes = try #require(Damage.refused.first { $0.name == name }?.bytes)
    let error = try #require(refusal(bytes) { _ = try Pressure(parsing: $0) })
    #expect(error.reason.contains("/proc/pressure"))
  }

  @Test func `copying changes nothing that is read`() throws {
    let expected = try read(Self.text)
    for copy in Damage.harmless(Self.text) {
      let pressure = try Pressure(parsing: copy.bytes.span)
      #expect(pressure == expected, "\(copy.name)")
    }
  }

  @Test(arguments: 0..<200) func `a damaged text is read or refused`(seed: Int) {
    let bytes = mutated(Array(Self.text.utf8), seed: UInt64(seed))
    guard let pressure = try? Pressure(parsing: bytes.span) else { return }
    #expect(pressure.some != nil || pressure.full != nil)
    #expect((pressure.some?.avg10 ?? 0) < 1000)
  }

  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS names no directory of real files"))
  func `every line of every real file is read`() throws {
    let files = Corpus.files { name, folder in folder == "pressure" || name.hasSuffix(".pressure") }
    #expect(files.count >= 20)
    for file in files {
      let pressure = try Pressure(parsing: file.bytes.span)
      #expect(pressure.remarks == [], "\(file)")
      let lines = (pressure.some == nil ? 0 : 1) + (pressure.full == nil ? 0 : 1)
      #expect(lines == file.lines.count, "\(file)")
    }
  }

  private func read(_ text: String) throws(ParseError) -> Pressure {
    let bytes = Array(text.utf8)
    return try Pressure(parsing: bytes.span)
  }
}
