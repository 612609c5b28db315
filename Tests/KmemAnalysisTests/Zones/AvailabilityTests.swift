import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct AvailabilityTests {
  /// The fixture without its MemAvailable line.
  private func unprinted(_ name: String) throws -> Snapshot {
    var capture = try Fixture.capture(name)
    let text = String(decoding: capture["proc/meminfo"].bytes, as: UTF8.self)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("MemAvailable") }
    capture.sources["proc/meminfo"]?.bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    return Snapshot(capture)
  }

  @Test(arguments: ["captures/6.18-guest-before", "captures/6.18-guest-after"])
  func `what is computed is within one percent of what the kernel prints`(name: String) throws {
    let printed = try #require(Availability(try Fixture.snapshot(name)))
    let computed = try #require(Availability(try unprinted(name)))
    #expect(!printed.isComputed)
    #expect(computed.isComputed)
    #expect(abs(computed.bytes - printed.bytes) < printed.bytes / 100)
  }

  @Test func `it is computed by hand for 2_6_32`() throws {
    // Free 30667 pages; reserve = (48+4013) capped at 3932, (10500+757), (4400+0); low = 12790.
    let free: Int64 = 122_668
    let reserve: Int64 = (3932 + 11257 + 4400) * 4
    let low: Int64 = (40 + 8750 + 4000) * 4
    let files: Int64 = 600_000 + 420_000
    let slab: Int64 = 300_000
    let expected = free - reserve + files - min(files / 2, low) + slab - min(slab / 2, low)
    let availability = try #require(
      Availability(try Fixture.snapshot("synthetic/2.6.32-slab-swap")))
    #expect(availability == Availability(try Fixture.snapshot("synthetic/2.6.32-slab-swap")))
    #expect(availability.bytes == expected * 1024)
    #expect(availability.isComputed)
  }

  @Test func `without zones it can't be computed`() {
    let text = "MemTotal: 1000 kB\nMemFree: 500 kB\nCached: 100 kB\n"
    #expect(Availability(Snapshot(typed: ["proc/meminfo": text])) == nil)
  }
}
