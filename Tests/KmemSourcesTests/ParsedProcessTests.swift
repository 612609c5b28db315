import Foundation
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemSources

/// Files of processes that are parsed as they come out of an archive.
@Suite struct ParsedProcessTests {
  private let directory: TemporaryDirectory
  private let processes = [
    TypedProcess(1, "init"), TypedProcess(2, "kthreadd").with { $0.isKernelThread = true },
    TypedProcess(812, "sshd", uss: 300).with { $0.command = "/usr/sbin/sshd -D" },
    TypedProcess(813, "gone").with { $0.isZombie = true },
    TypedProcess(900, "hidden").with { $0.missing = .denied },
  ]

  init() throws { directory = try TemporaryDirectory() }

  /// A capture of the processes, as it is written.
  private func written() throws -> String {
    var capture = Capture(processes: processes, beside: ["proc/meminfo": "MemTotal: 100 kB\n"])
    let moment = Manifest.Timestamp(wall: 1_767_225_599, boot: 12.5)
    capture.manifest = Manifest(tool: "1", start: moment, end: moment)
    return try CaptureWriter(capture).write(toDirectory: directory.path)
  }

  private func read(_ path: String, parsing: Bool) throws -> Capture {
    var options = CaptureOptions()
    options.limits.parsesProcesses = parsing
    return try ArchiveTree(path).capture(options)
  }

  @Test func `the processes are those that are parsed of whole texts`() throws {
    let path = try written()
    let (parsed, whole) = (try read(path, parsing: true), try read(path, parsing: false))
    #expect(parsed.sources.keys.allSatisfy { Capture.process(of: $0) == nil })
    #expect(parsed.remarks == [] && whole.remarks == [])
    let processes = Snapshot(parsed).processes.value
    #expect(processes?.records.count == 5)
    #expect(processes == Snapshot(whole).processes.value)
  }

  @Test func `a folder that was packed by tar tells the same`() throws {
    let path = try written()
    try #require(
      try directory.run(
        "mkdir d && tar -x --zstd -f '\(path)' -C d && tar -C d/* -cf plain.tar ./proc && "
          + "tar -C d -cf deep.tar .") == 0)
    for name in ["plain.tar", "deep.tar"] {
      let parsed = try read("\(directory.path)/\(name)", parsing: true)
      let whole = try read("\(directory.path)/\(name)", parsing: false)
      #expect(parsed.sources.keys.allSatisfy { Capture.process(of: $0) == nil })
      #expect(Snapshot(parsed).processes.value == Snapshot(whole).processes.value)
      #expect(parsed.remarks == whole.remarks)
    }
  }

  @Test func `files that are links to each other are all read`() throws {
    let path = try written()
    try #require(
      try directory.run(
        "mkdir d && tar -x --zstd -f '\(path)' -C d && cd d/* && rm -r kmemcheck && mkdir proc/5 && "
          + "ln proc/812/status proc/812/cmdline proc/5 && tar -cf ../../linked.tar .") == 0)
    let linked = "\(directory.path)/linked.tar"
    let records = Snapshot(try read(linked, parsing: true)).processes.value
    #expect(records?.records.first { $0.pid == 5 }?.commandLine == "/usr/sbin/sshd -D")
    #expect(records == Snapshot(try read(linked, parsing: false)).processes.value)
  }

  @Test func `a changed file of a process is damage, whether its text is kept or not`() throws {
    let path = try written()
    try #require(
      try directory.run(
        "mkdir d && tar -x --zstd -f '\(path)' -C d && cd d/* && echo 9 > proc/812/stat && "
          + "cd ../.. && tar -C d -cf damaged.tar .") == 0)
    let damaged = "\(directory.path)/damaged.tar"
    let (parsed, whole) = (try read(damaged, parsing: true), try read(damaged, parsing: false))
    #expect(parsed.remarks.contains { $0.contains("damaged") && $0.contains("proc/812/stat") })
    #expect(parsed.remarks == whole.remarks)
    #expect(Snapshot(parsed).processes.value == Snapshot(whole).processes.value)
  }
}
