import Foundation
import Glibc
import KmemTestSupport
import Testing

/// `maps` against the tool that everybody knows, and its errors.
@Suite struct MapsTests {
  private let program: Program

  init() throws { program = try Program() }

  private func document(_ arguments: String...) throws -> [String: Any] {
    let result = try program.run(
      arguments: ["maps", "--json"] + arguments, user: .whoeverTests)
    #expect(result.status == 0, "\(result.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(document as? [String: Any])
  }

  private static let pmap = "/usr/bin/pmap"

  /// The totals of `pmap -X` in KiB, by the names of its columns.
  private func totals(_ pid: Int) throws -> [String: Int] {
    let lines = try #require(Tool.output(Self.pmap, "-X", "\(pid)")).split(separator: "\n")
    let header = try #require(lines.first { $0.contains(" Perm ") }).split(separator: " ")
    let names = header.drop { $0 != "Size" }.dropLast()
    let numbers = try #require(lines.last).split(separator: " ").compactMap { Int($0) }
    try #require(names.count == numbers.count)
    return Dictionary(uniqueKeysWithValues: zip(names.map(String.init), numbers))
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: pmap), "needs pmap (procps)"),
    .enabled(if: StoppedProgram.hasPython, "needs python3"))
  func `the totals of a stopped process are pmap's`() throws {
    let stopped = try #require(StoppedProgram.python("import mmap; x = mmap.mmap(-1, 9 << 20)"))
    var ours: [String: Any] = [:]
    var looks: [[String: Int]] = []
    // Others that map the same libraries come and go: wait until nothing changes meanwhile.
    for _ in 0..<20 where looks.count < 2 || looks[0] != looks[1] {
      let before = try totals(stopped.pid)
      ours = try #require(try document("\(stopped.pid)")["total"] as? [String: Any])
      looks = [before, try totals(stopped.pid)]
    }
    func kibibytes(_ key: String) -> Int { (ours[key] as? Int ?? -1024) / 1024 }
    #expect(kibibytes("vss") == looks[0]["Size"])
    #expect(kibibytes("rss") == looks[0]["Rss"])
    #expect(kibibytes("swap") == looks[0]["Swap"])
    let pss = looks.compactMap { $0["Pss"] }.sorted()
    let (least, most) = (try #require(pss.first), try #require(pss.last))
    // pmap and this program are among those that map the C library, but with other libraries.
    #expect((least - least / 100 - 8)...(most + most / 100 + 8) ~= kibibytes("pss"))
    let kinds = Set(
      (try document("\(stopped.pid)")["areas"] as? [[String: Any]] ?? [])
        .compactMap { $0["kind"] as? String })
    #expect(kinds.isSuperset(of: ["text", "data", "bss", "heap", "stack", "anon", "file", "shm"]))
  }

  @Test(.enabled(if: StoppedProgram.hasPython, "needs python3"))
  func `a mapping that grows between two looks is named`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: StoppedProgram.python)
    process.standardOutput = FileHandle.nullDevice
    process.arguments = [
      "-c",
      "import time\nx = []\nwhile True:\n  x.append(bytearray(3000)); time.sleep(0.002)",
    ]
    try process.run()
    defer { kill(process.processIdentifier, SIGKILL) }
    usleep(700_000)
    let result = try program.run(
      "maps", "\(process.processIdentifier)", "--diff", "1.5", user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.contains("\ngrows: ["), "\(result.output)")
    #expect(result.output.contains("page faults since its start: "))
  }

  @Test func `no such process, one of the kernel, and one that may not be read`() throws {
    let none = try program.run("maps", "99999999")
    #expect(none.status == 66)
    #expect(none.errors.contains("no process has the pid 99999999"))
    #expect(try program.run("maps", "0").status == 64)
    #expect(try program.run("maps", "x").status == 64)
    #expect(try program.run("maps", "1", "--sort", "growth").status == 64)
    #expect(try program.run("maps", "1", "@last", "--diff", "1").status == 64)
    if Tool.kernelFile("/proc/2/comm") == "kthreadd\n" {
      let thread = try program.run("maps", "2")
      #expect(thread.status == 66)
      #expect(thread.errors.contains("process 2 (kthreadd) is a thread of the kernel"))
    }
    try #require(Program.canDropPrivileges)
    let denied = try program.run("maps", "1")
    #expect(denied.status == 77)
    #expect(denied.errors.contains("run as root"))
  }

  @Test func `a tree that holds smaps is read, and what isn't in it is said`() throws {
    let text = """
      00400000-0040b000 r-xp 00000000 08:01 42 /bin/a
      Size: 44 kB
      Rss: 40 kB
      Pss: 20 kB
      Private_Clean: 12 kB

      """
    let folder = "\(program.home.path)/tree"
    try program.home.write("tree/proc/meminfo", Array("MemTotal: 100 kB\n".utf8))
    try program.home.write("tree/proc/812/smaps", Array(text.utf8))
    try program.home.write("tree/proc/812/status", Array("Name:\ta\nVmSize:\t44 kB\n".utf8))
    try program.home.write("tree/proc/813/status", Array("Name:\tb\nVmSize:\t44 kB\n".utf8))
    let found = try program.run("maps", "812", folder, user: .whoeverTests)
    #expect(found.status == 0)
    #expect(found.output.contains("/bin/a"))
    let other = try program.run("maps", "813", "--root", folder, user: .whoeverTests)
    #expect(other.status == 66)
    #expect(other.errors.contains("holds no proc/813/smaps"))
    #expect(try program.run("maps", "5", folder, user: .whoeverTests).status == 66)
    try program.home.write("tree/proc/813/smaps", Array("nonsense\n".utf8))
    #expect(try program.run("maps", "813", folder, user: .whoeverTests).status == 65)
  }
}
