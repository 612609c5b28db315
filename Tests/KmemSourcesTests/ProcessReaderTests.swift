import Glibc
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemSources

@Suite struct ProcessReaderTests {
  /// A folder that stands for `/`, with the files of processes.
  private func tree(_ processes: [TypedProcess]) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    for (path, reading) in Capture(processes: processes).sources
    where Capture.process(of: path) != nil {
      try directory.write(path, reading.bytes)
    }
    try directory.write("proc/self/smaps_rollup", "")
    return directory
  }

  private func read(_ directory: TemporaryDirectory, _ budget: ProcessBudget = ProcessBudget())
    throws -> (capture: Capture, facts: ProcessFacts)
  {
    var capture = Capture(origin: "test", kind: .live)
    try ProcessReader(root: directory.path, budget: budget).read(into: &capture)
    return (capture, try ProcessFacts(decoding: capture[ProcessFacts.path].bytes))
  }

  @Test func `all files of processes are kept, and a kernel thread has no sums`() throws {
    let directory = try tree([
      TypedProcess(1, "init").with { $0.command = "/sbin/init" },
      TypedProcess(2, "kthreadd").with { $0.isKernelThread = true },
    ])
    let (capture, facts) = try read(directory)
    #expect(facts.listed == 2)
    #expect(facts.notRead == [:])
    #expect(capture["proc/1/cmdline"].bytes == Array("/sbin/init".utf8))
    #expect(capture["proc/1/smaps_rollup"].outcome == .read)
    #expect(capture.sources["proc/2/smaps_rollup"] == nil)
  }

  @Test func `without time left the sums of all are skipped, and what is cheap is read`() throws {
    let directory = try tree([TypedProcess(1, "init"), TypedProcess(7, "a")])
    let (capture, facts) = try read(directory, ProcessBudget(milliseconds: 0))
    #expect(facts.notRead == ["skipped": [1, 7]])
    #expect(capture["proc/7/status"].outcome == .read)
    let coverage = try #require(Snapshot(capture).processes.value).coverage
    #expect(coverage.skipped == 2)
    #expect(coverage.measured == 0)
  }

  @Test func `a process that ended after it was listed is left out`() throws {
    let directory = try tree([TypedProcess(1, "init"), TypedProcess(7, "a")])
    try directory.run("rm proc/7/stat")
    let (capture, facts) = try read(directory)
    #expect(facts.listed == 1)
    #expect(capture.sources.keys.allSatisfy { Capture.process(of: $0) != 7 })
  }

  @Test func `a process that ends before its sums are read is no fault`() throws {
    let directory = try tree([TypedProcess(1, "init"), TypedProcess(7, "a")])
    try directory.run("rm proc/7/smaps_rollup")
    let (_, facts) = try read(directory)
    #expect(facts.notRead == ["absent": [7]])
  }

  @Test func `a kernel without smaps_rollup is asked for smaps`() throws {
    let directory = try tree([TypedProcess(1, "init")])
    try directory.run("rm proc/self/smaps_rollup; mv proc/1/smaps_rollup proc/1/smaps")
    let (capture, _) = try read(directory)
    #expect(capture["proc/1/smaps"].outcome == .read)
  }

  @Test func `the largest are read first`() throws {
    let sizes = [(3, 500), (1, 100), (2, 900)]
    let directory = try tree(sizes.map { TypedProcess($0.0, "p", uss: $0.1) })
    // Opening a pipe without a writer waits: the largest takes all the time there is.
    try directory.run("rm proc/2/smaps_rollup; mkfifo proc/2/smaps_rollup")
    let (_, facts) = try read(directory, ProcessBudget(milliseconds: 400))
    #expect(facts.notRead["timedOut"] == [2])
    #expect(facts.milliseconds < 2000)
  }

  @Test func `the descriptors of this process are counted`() throws {
    let before = try LiveProcessCount.own()
    let files = (0..<40).map { _ in unsafe open("/dev/null", O_RDONLY) }
    defer { for file in files { close(file) } }
    let after = try LiveProcessCount.own()
    #expect(abs(after - before - 40) <= 8, "\(before) then \(after)")
  }

  @Test func `redaction replaces comms, command lines and addresses`() throws {
    var capture = Capture(
      processes: [TypedProcess(1, "init").with { $0.command = "/sbin/init password=1" }])
    capture.manifest = Manifest(
      tool: "1", start: .init(wall: 0, boot: nil), end: .init(wall: 0, boot: nil))
    let stat =
      "1 (a b) S 0 1 1 0 -1 256 1 2 3 4 5 6 7 8 20 0 1 0 99 4096 5 6 701 702 703 704 705 0 0 0 0 "
      + "0 0 0 17 0 0 0 0 0 0 801 802 803 804 805 806 807 0\n"
    capture.sources["proc/1/stat"]?.bytes = Array(stat.utf8)
    var redaction = Redaction()
    let result = redaction.redacted(capture)
    let command = String(decoding: result["proc/1/cmdline"].bytes, as: UTF8.self)
    #expect(command.hasPrefix("/sbin/") && !command.contains("password"))
    let text = String(decoding: result["proc/1/stat"].bytes, as: UTF8.self)
    #expect(
      text.replacing(/comm-[a-p]{10}/, with: "a b")
        == "1 (a b) S 0 1 1 0 -1 256 1 2 3 4 5 6 7 8 20 0 1 0 99 4096 5 6 0 0 0 0 0 0 0 0 0 "
        + "0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n")
    let maps = String(decoding: result["proc/1/smaps_rollup"].bytes, as: UTF8.self)
    #expect(maps.hasPrefix("00011000-00019000 ---p 00000000 00:00 0"))
    #expect(maps.contains("Private_Dirty: 100 kB"))
    #expect(result.manifest?.sources.keys.contains { $0.hasPrefix("proc/1/") } == false)
  }

  @Test func `a number stands for processes only`() {
    let pattern = PathPattern("proc/[0-9]*/stat")
    #expect(pattern.matches("proc/812/stat".split(separator: "/")))
    #expect(!pattern.matches("proc/net/stat".split(separator: "/")))
    #expect(!pattern.matches("proc/self/stat".split(separator: "/")))
    #expect(!pattern.isLiteral)
  }

  @Test func `only the processes that are asked about are read, and their children`() throws {
    let own = Int(getpid())
    let budget = ProcessBudget(pids: [own, 4_000_000])
    let capture = try LiveKernel(catalog: .besideProcesses).capture(
      CaptureOptions(processes: budget))
    let list = try #require(Snapshot(capture).processes.value)
    #expect(list.records.contains { $0.pid == own })
    // Other tests run programs meanwhile.
    let others = list.records.filter { $0.pid != own }
    #expect(others.allSatisfy { child in list.records.contains { $0.pid == child.parent } })
  }

  @Test func `a kernel's own proc is told from a copy`() throws {
    #expect(isProcessFileSystem("/proc"))
    #expect(!isProcessFileSystem("/tmp"))
    #expect(!isProcessFileSystem("/nowhere"))
  }
}

/// The number of this process's open descriptors, as a capture tells it.
private enum LiveProcessCount {
  static func own() throws -> Int64 {
    let capture = try LiveKernel(catalog: .besideProcesses).capture(
      CaptureOptions(processes: ProcessBudget()))
    let list = try #require(Snapshot(capture).processes.value)
    let own = try #require(list.records.first { $0.pid == Int(getpid()) })
    return try #require(own.descriptors)
  }
}
