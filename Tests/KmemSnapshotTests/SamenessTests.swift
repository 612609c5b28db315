import KmemTestSupport
import Testing

@testable import KmemSnapshot

/// Two hosts are never "growth", two boots aren't either.
@Suite struct SamenessTests {
  private func host(_ change: (inout Host) -> Void) -> Host {
    var host = Host(pageSize: PageSize(bytes: 4096, origin: .assumed))
    change(&host)
    return host
  }

  @Test func `the machine id decides before the host name`() {
    let first = host { ($0.machineID, $0.hostname) = ("a", "web") }
    let renamed = host { ($0.machineID, $0.hostname) = ("a", "db") }
    let clone = host { ($0.machineID, $0.hostname) = ("b", "web") }
    #expect(first.sameMachine(as: renamed) == .same)
    #expect(first.sameMachine(as: clone) == .different)
  }

  @Test func `without machine ids on both sides the host names decide`() {
    let first = host { ($0.machineID, $0.hostname) = ("a", "web") }
    #expect(first.sameMachine(as: host { $0.hostname = "web" }) == .same)
    #expect(first.sameMachine(as: host { $0.hostname = "db" }) == .different)
    #expect(first.sameMachine(as: host { _ in }) == .unknown)
  }

  @Test func `the boot id decides before the time of boot`() {
    let first = host { ($0.bootID, $0.bootTime) = ("a", 1000) }
    #expect(first.sameBoot(as: host { ($0.bootID, $0.bootTime) = ("b", 1000) }) == .different)
    #expect(first.sameBoot(as: host { ($0.bootID, $0.bootTime) = ("a", 9000) }) == .same)
  }

  @Test(arguments: [(1000.0, Sameness.same), (1029, .same), (1031, .different), (969, .different)])
  func `a boot within half a minute is the same one, since setting the clock moves it`(
    time: Double, sameness: Sameness
  ) {
    #expect(host { $0.bootTime = 1000 }.sameBoot(as: host { $0.bootTime = time }) == sameness)
  }

  @Test func `nothing known is unknown, never the same`() {
    #expect(host { _ in }.sameBoot(as: host { _ in }) == .unknown)
    #expect(host { $0.bootTime = 1 }.sameBoot(as: host { $0.bootID = "a" }) == .unknown)
  }

  @Test func `a tree tells its host by the kernel's own files`() {
    let host = Snapshot(typed: [
      "proc/sys/kernel/hostname": "example\n", "etc/machine-id": "0001\n",
      "proc/sys/kernel/random/boot_id": "0002\n", "proc/sys/kernel/osrelease": "6.12.48\n",
      "proc/stat": "cpu 1 2 3\nbtime 1000\n", "proc/uptime": "500.25 700.00\n",
    ]).host
    #expect(host.hostname == "example")
    #expect(host.machineID == "0001")
    #expect(host.bootID == "0002")
    #expect(host.release == "6.12.48")
    #expect(host.bootTime == 1000)
    #expect(host.upTime == 500.25)
    #expect(host.wallTime == 1500.25)
  }

  @Test func `the release comes from the version where osrelease isn't there`() {
    #expect(
      Snapshot(typed: ["proc/version": "Linux version 5.10.0-8-amd64 (x) #1 SMP\n"]).host.release
        == "5.10.0-8-amd64")
  }
}
