import KmemIntake
import Testing

@Suite("Texts of several machines")
struct MachineTests {
  private func lines(_ text: String, _ prefix: String) -> [String] {
    text.split(separator: "\n").map { prefix + $0 + "\n" }
  }

  private func machines(_ found: Intake) -> [String?] {
    (1..<(found.count + 1)).map { found[$0]?.moment.machine }
  }

  @Test("Lines of two machines that came mixed are read by machine")
  func mixed() {
    let both = zip(lines(Short.meminfo, "host1: "), lines(Short.later, "host2: "))
    let found = mendedIntake(both.flatMap { [$0.0, $0.1] }.joined())
    #expect(machines(found) == ["host1", "host2"])
    #expect(found.text(1) == Short.meminfo && found.text(2) == Short.later)
    #expect(found.machines == ["host1", "host2"])
  }

  @Test(
    "What stands above an answer names its machine",
    arguments: [
      ("host1 | CHANGED | rc=0 >>\n", "host2 | CHANGED | rc=0 >>\n"),
      (
        "----------------\nhost1\n----------------\n", "----------------\nhost2\n----------------\n"
      ),
      ("root@host1:~# cat /proc/meminfo\n", "root@host2:~# cat /proc/meminfo\n"),
      ("[root@host1 ~]# cat /proc/meminfo\n", "[root@host2 ~]# cat /proc/meminfo\n"),
    ])
  func above(first: String, second: String) {
    let found = mendedIntake(first + Short.meminfo + second + Short.later)
    #expect(machines(found) == ["host1", "host2"])
    #expect(found.text(1) == Short.meminfo && found.text(2) == Short.later)
  }

  @Test(
    "Words before lines are names of machines, in doubt where they come one after the other")
  func words() {
    let found = mendedIntake(
      (lines(Short.meminfo, "alpha: ") + lines(Short.later, "beta: ")).joined())
    #expect(found.count == 2 && found.namesInDoubt == ["alpha", "beta"])
    #expect(machines(found) == ["alpha", "beta"])
    let larger = Short.later.replacing("MemTotal:       ", with: "MemTotal:      9")
    let two = mendedIntake((lines(Short.meminfo, "alpha: ") + lines(larger, "beta: ")).joined())
    #expect(two.machines == ["alpha", "beta"] && two.namesInDoubt == [])
    let mixed = zip(lines(Short.meminfo, "alpha: "), lines(Short.later, "beta: "))
    #expect(mendedIntake(mixed.flatMap { [$0.0, $0.1] }.joined()).machines == ["alpha", "beta"])
  }

  @Test("Files below two prompts of one machine are of one moment")
  func onePrompt() {
    let found = mendedIntake(
      "root@db1:~# cat /proc/meminfo\n" + Short.meminfo + "root@db1:~# cat /proc/slabinfo\n"
        + Short.slabinfo)
    #expect(found.count == 1 && machines(found) == ["db1"])
  }

  @Test(
    "Names of moments, files, programs and levels are no machines",
    arguments: [
      "before: ", "run1: ", "sample-2: ", "slab.txt: ", "Nov 22 18:40:12 root: ",
      "Jan  1 00:00:12 user.notice root: ", "2026-11-22T18:40:12Z ", "meminfo:",
    ])
  func noMachine(prefix: String) {
    let found = mendedIntake(lines(Short.meminfo, prefix).joined())
    #expect(found.count == 1 && machines(found) == [nil])
    #expect(found.text(1) == Short.meminfo)
  }

  @Test(
    "Logs name the host behind the time",
    arguments: [
      "Nov 22 18:40:12 db1 root: ", "Nov 22 18:40:12 db1 logger[12]: ",
      "2026-11-22T18:40:12.123+01:00 db1 root: ", "Jan  1 00:00:12 db1 user.notice root: ",
    ])
  func logs(prefix: String) {
    let found = mendedIntake(lines(Short.meminfo, prefix).joined())
    #expect(machines(found) == ["db1"])
  }

  @Test("nmon's stamps are times of moments")
  func monitor() {
    let found = mendedIntake(
      "ZZZZ,T0001,10:00:01,22-NOV-2026\n" + Short.meminfo
        + "ZZZZ,T0002,11:00:01,22-NOV-2026\n" + Short.later)
    #expect(found.count == 2)
    #expect(found[2].flatMap { $0.wall } == found[1].flatMap { $0.wall }.map { $0 + 3600 })
  }
}
