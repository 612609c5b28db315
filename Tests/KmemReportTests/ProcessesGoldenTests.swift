import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// A small machine with processes, at two moments.
private enum Machine {
  static let before = [
    TypedProcess(1, "systemd", uss: 5000).with { $0.command = "/sbin/init splash" },
    TypedProcess(2, "kthreadd").with { $0.isKernelThread = true },
    TypedProcess(812, "sshd", uss: 1200).with { $0.command = "sshd: /usr/sbin/sshd -D" },
    TypedProcess(900, "java", uss: 1_500_000).with {
      $0.user = 33
      $0.vss = 9_000_000
      $0.swap = 70_000
      $0.command =
        "/usr/lib/jvm/bin/java -Xmx2g -jar /srv/application/with/a/long/path/server.jar --port 8080"
      $0.descriptors = 300
    },
    TypedProcess(950, "cron\u{1B}[2J", uss: 700).with { $0.missing = .denied },
  ]
  static let after =
    before.map { process in
      process.with {
        if $0.pid == 900 {
          $0.uss = 1_700_000
          $0.descriptors = 100_300
        }
      }
    } + [TypedProcess(990, "backup", uss: 40_000, start: 500).with { $0.command = "backup --all" }]
}

@Suite struct ProcessesGoldenTests {
  private func top(_ grouping: ProcessTop.Grouping? = nil, isLive: Bool = false) throws
    -> ProcessTop
  {
    try #require(
      ProcessTop(
        Snapshot(processes: isLive ? Machine.after : Machine.before, upTime: 1010),
        since: isLive ? Snapshot(processes: Machine.before) : nil,
        order: isLive ? .growth : .uss, by: grouping))
  }

  @Test(arguments: widths) func `processes as text`(width: Int) throws {
    let style = Style(isColored: false, width: width)
    let text = ProcessTopText(try top(), style: style, limit: 3).text
    expectGolden("processes/top.\(width).txt", text)
    expectDecency(text, width: width)
  }

  @Test(arguments: widths) func `growth as text`(width: Int) throws {
    let style = Style(isColored: false, width: width)
    let text = ProcessTopText(try top(isLive: true), style: style, limit: 25).text
    expectGolden("processes/growth.\(width).txt", text)
    expectDecency(text, width: width)
  }

  @Test func `sums by command into a pipe, and everything of processes`() throws {
    let text = ProcessTopText(try top(.command), style: .plain, limit: 25).text
    expectGolden("processes/commands.txt", text)
    expectDecency(text, width: nil)
    let all = ProcessTopText(try top(), style: .plain, limit: .max, isVerbose: true).text
    expectGolden("processes/top.verbose.txt", all)
    expectDecency(all, width: nil)
  }

  @Test func `JSON`() throws {
    expectGolden("processes/top.json", ProcessesJSON.document(try top()).text)
    expectGolden("processes/commands.json", ProcessesJSON.document(try top(.command)).text)
  }

  @Test func `a command's name can't reach the terminal as it is`() throws {
    let text = ProcessTopText(try top(), style: .plain, limit: 25).text
    #expect(text.contains("[cron\\x{1b}[2J]"))
  }

  @Test func `the verdict of diff names who opened the files`() {
    let counts = { (files: Int) in
      ["proc/sys/fs/file-nr": "\(files)\t0\t1000000\n", "proc/sys/kernel/random/boot_id": "x\n"]
    }
    let diff = DiffReport(
      from: Snapshot(Capture(processes: Machine.before, beside: counts(1000))),
      to: Snapshot(Capture(processes: Machine.after, beside: counts(101_003))))
    #expect(
      DiffProcesses(report: diff).openFiles
        == "java (pid 900) opened 100 000 files")
    #expect(
      DiffProcesses(report: diff).mostGrown(of: 230 << 20)
        == "most of it java (pid 900), +195.3 MiB")
    #expect(DiffProcesses(report: diff).mostGrown(of: 1 << 40) == nil)
  }
}

@Suite struct CgroupsGoldenTests {
  private func snapshot(_ web: Int, _ upTime: Int) -> Snapshot {
    Snapshot(typed: [
      "proc/uptime": "\(upTime).00 1.0\n", "proc/sys/kernel/random/boot_id": "x\n",
      "proc/sys/kernel/hostname": "host\n",
      "sys/fs/cgroup/cgroup.stat": "nr_descendants 50\nnr_dying_descendants 7\n",
      "sys/fs/cgroup/system.slice/memory.current": "\(web + 90_000_000)\n",
      "sys/fs/cgroup/system.slice/memory.stat": "anon 600000000\nfile 90000000\nkernel 5000000\n",
      "sys/fs/cgroup/system.slice/cgroup.stat": "nr_descendants 5\nnr_dying_descendants 7\n",
      "sys/fs/cgroup/system.slice/web.service/memory.current": "\(web)\n",
      "sys/fs/cgroup/system.slice/web.service/memory.stat":
        "anon 590000000\nfile 10000000\nkernel 4000000\nslab 3000000\n",
      "sys/fs/cgroup/user.slice/memory.current": "50000000\n",
    ])
  }

  @Test(arguments: widths) func `control groups as text`(width: Int) throws {
    let top = try #require(CgroupTop(snapshot(700_000_000, 110), since: snapshot(600_000_000, 100)))
    let style = Style(isColored: false, width: width)
    let text = CgroupTopText(top, style: style, limit: 25).text
    expectGolden("cgroups/top.\(width).txt", text)
    expectDecency(text, width: width)
  }

  @Test func `control groups as JSON`() throws {
    let top = try #require(CgroupTop(snapshot(700_000_000, 110)))
    expectGolden("cgroups/top.json", CgroupsJSON.document(top).text)
  }
}

@Suite struct MapsGoldenTests {
  private static func mapping(_ header: String, _ kib: Int, swap: Int = 0) -> String {
    "\(header)\nSize: \(kib * 2) kB\nRss: \(kib) kB\nPss: \(kib) kB\nPrivate_Dirty: \(kib) kB\n"
      + "Swap: \(swap) kB\n"
  }

  private func map(heap: Int) throws -> MemoryMap {
    let text =
      Self.mapping("00400000-0040b000 r-xp 00000000 08:01 42 /usr/bin/with a blank/server", 40)
      + Self.mapping("0040b000-0040c000 rw-p 00000000 08:01 42 /usr/bin/with a blank/server", 4)
      + Self.mapping("0040c000-0040d000 rw-p 00000000 00:00 0", 4)
      + Self.mapping("01000000-01900000 rw-p 00000000 00:00 0 [heap]", heap)
      + Self.mapping("7fe22df2e000-7fe22dfaf000 rw-p 00000000 00:00 0", 516, swap: 12)
      + Self.mapping("7ffd585a7000-7ffd585c8000 rw-p 00000000 00:00 0 [stack]", 16)
    let bytes = Array(text.utf8)
    var collector = MapCollector()
    collector.read(bytes.span)
    let snapshot = Snapshot(processes: [Machine.before[3]])
    let record = try #require(snapshot.processes.value?.records.first)
    return MemoryMap(ProcessMemory(record), collector.finish())
  }

  @Test(arguments: widths) func `mappings as text`(width: Int) throws {
    let style = Style(isColored: false, width: width)
    let text = MapText(
      try map(heap: 800), order: .address, merging: nil, limit: .max, style: style
    ).text
    expectGolden("maps/address.\(width).txt", text)
    expectDecency(text, width: width)
  }

  @Test func `what grew as text, merged by file, and as JSON`() throws {
    let first = try map(heap: 800)
    let later = try map(heap: 2000)
    let map = MemoryMap(later.process, later.areas, since: first, seconds: 5)
    let text = MapText(map, order: .growth, merging: nil, limit: 3, style: .plain).text
    expectGolden("maps/growth.txt", text)
    #expect(lastParagraph(text).hasPrefix("grows: [heap] at 000001000000, +1.2 MiB in 5.0 s."))
    expectGolden(
      "maps/file.txt", MapText(map, order: .uss, merging: .file, limit: .max, style: .plain).text)
    expectGolden(
      "maps/growth.json",
      MapsJSON.document(map, order: .growth, merging: nil, limit: .max).text)
    expectGolden(
      "maps/kind.json", MapsJSON.document(map, order: .uss, merging: .kind, limit: .max).text)
  }
}
