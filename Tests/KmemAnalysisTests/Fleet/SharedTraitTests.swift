import KmemAnalysis
import Testing

/// What machines that leak have and others don't, against chance.
@Suite struct SharedTraitTests {
  private func host(_ name: String, leaks: Bool, _ modules: String...) -> FleetHost {
    FleetHost(
      name: name, verdict: leaks ? .kernel : .stable,
      traits: Set(modules.map { FleetTrait(.module, $0) }))
  }

  @Test func `the chance is Fisher's`() {
    // R: fisher.test(matrix(c(3,1,1,3),2), alternative="greater")$p.value is 0.2428571.
    let ill = (0..<4).map { host("i\($0)", leaks: true, $0 < 3 ? "a" : "b") }
    let well = (0..<4).map { host("w\($0)", leaks: false, $0 < 1 ? "a" : "b") }
    let shared = FleetReport(ill + well, origin: "").shared
    #expect(shared.map(\.trait.name) == ["a"])
    #expect(abs((shared.first?.chance ?? 0) - 0.2428571) < 1e-6)
    #expect(shared.first?.isSignificant == false)
  }

  @Test func `what all of them have and nobody else comes first`() throws {
    let ill = (0..<8).map { host("i\($0)", leaks: true, "leaky", $0 < 6 ? "zfs" : "x", "ext4") }
    let well = (0..<80).map { host("w\($0)", leaks: false, $0 < 20 ? "zfs" : "y", "ext4") }
    let report = FleetReport(ill + well, origin: "")
    let best = try #require(report.shared.first)
    #expect(best.trait == FleetTrait(.module, "leaky"))
    #expect(best.leakingWith == 8 && best.leaking == 8)
    #expect(best.othersWith == 0 && best.others == 80)
    #expect(best.isSignificant)
    // All machines have it: it separates nothing.
    #expect(!report.shared.contains { $0.trait.name == "ext4" })
  }

  @Test func `a machine of which too little is known is on neither side`() {
    let hosts = [
      host("i", leaks: true, "a"), host("w", leaks: false, "b"),
      FleetHost(name: "u", verdict: .notEnough, traits: [FleetTrait(.module, "a")]),
    ]
    let report = FleetReport(hosts, origin: "")
    #expect(report.shared.first?.others == 1)
    #expect(report.undecided.map(\.name) == ["u"])
  }

  @Test func `of hundreds of things some separate by chance, and are not called shared`() {
    let hosts = (0..<40).map { number in
      FleetHost(
        name: "h\(number)", verdict: number < 4 ? .kernel : .stable,
        traits: Set(
          (0..<300).filter { (number * 31 + $0 * 17) % 7 < 3 }.map { FleetTrait(.module, "m\($0)") }
        ))
    }
    #expect(FleetReport(hosts, origin: "").shared.filter(\.isSignificant).isEmpty)
  }
}
