import Foundation
import KmemSnapshot
import Testing

@testable import KmemSources

/// A capture with every outcome and with bytes of every value.
func sampleCapture(host: String = "host", wall: Double = 1_767_225_599, label: String? = nil)
  -> Capture
{
  var capture = Capture(origin: "live kernel", kind: .live)
  let all = (0...255).map { UInt8($0) }
  let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
  capture.sources = [
    "proc/meminfo": SourceReading(outcome: .read, bytes: all, milliseconds: 1.25),
    "proc/slabinfo": SourceReading(outcome: .denied, reason: "permission denied"),
    "proc/allocinfo": SourceReading(outcome: .absent, reason: "no such file"),
    "proc/pagetypeinfo": SourceReading(outcome: .skipped, reason: "not asked for"),
    "proc/vmallocinfo": SourceReading(outcome: .timedOut, reason: "late", milliseconds: 3000),
    "proc/pressure/memory": SourceReading(outcome: .failed, reason: "opened, but"),
    "proc/vmstat": SourceReading(outcome: .truncated, reason: "only", bytes: large),
    "sys/fs/cgroup/größe x/memory.stat": SourceReading(outcome: .read, bytes: [10]),
    "sys/module/empty/taint": SourceReading(outcome: .read),
  ]
  capture.links = [
    "sys/kernel/slab/dentry": ":aA-0000192", "sys/module/a/holders/b": "../../b",
  ]
  let moment = Manifest.Timestamp(wall: wall, boot: 12.5)
  var manifest = Manifest(
    tool: "1", start: moment, end: moment, sources: capture.sources.mapValues(Manifest.Source.init))
  manifest.hostname = host
  manifest.bootID = "0123456789abcdef"
  manifest.label = label
  capture.manifest = manifest
  return capture
}

@Suite struct CaptureWriterTests {
  @Test func `a capture is read back as it was written`() throws {
    let directory = try TemporaryDirectory()
    let written = sampleCapture()
    let path = try CaptureWriter(written).write(toDirectory: directory.path)
    let read = try ArchiveTree(path).capture()
    #expect(read.sources == written.sources)
    #expect(read.links == written.links)
    #expect(read.manifest == written.manifest?.protected)
    #expect(read.remarks == [])
  }

  @Test func `no flipped bit is read as whole`() throws {
    let directory = try TemporaryDirectory()
    let path = try CaptureWriter(sampleCapture()).write(toDirectory: directory.path)
    let whole = try ArchiveTree(path).capture()
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var damaged = bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let copy = "\(directory.path)/copy.tar.zst"
      try Data(damaged).write(to: URL(fileURLWithPath: copy))
      guard let read = try? ArchiveTree(copy).capture() else { continue }
      let isSame = read.sources == whole.sources && read.links == whole.links
      #expect(isSame || !read.remarks.isEmpty, "bit of byte \(place)")
    }
  }

  @Test func `what was changed in an unpacked capture is left out and named`() throws {
    let directory = try TemporaryDirectory()
    try CaptureWriter(sampleCapture()).write(to: "\(directory.path)/a.tar.zst")
    #expect(try directory.run("mkdir out && tar --zstd -xf a.tar.zst -C out") == 0)
    #expect(try directory.run("cd out/* && sha256sum --quiet -c kmemcheck/digests") == 0)
    #expect(try directory.run("cd out/* && echo x >> proc/meminfo") == 0)
    let read = try DirectoryTree("\(directory.path)/out").capture()
    #expect(read.sources["proc/meminfo"]?.outcome == .failed)
    #expect(read.sources["proc/vmstat"]?.bytes.count == 300_000)
    #expect(read.remarks.contains { $0.contains("damaged") && $0.contains("proc/meminfo") })
    #expect(try directory.run("cd out/* && echo >> kmemcheck/manifest.json") == 0)
    #expect(throws: SourceError.self) { try DirectoryTree("\(directory.path)/out").capture() }
  }

  @Test func `a capture unpacked by tar is read back as it was written`() throws {
    let directory = try TemporaryDirectory()
    let written = sampleCapture()
    try CaptureWriter(written).write(to: "\(directory.path)/a.tar.zst")
    #expect(try directory.run("mkdir out && tar --zstd -xf a.tar.zst -C out") == 0)
    let read = try DirectoryTree("\(directory.path)/out").capture()
    #expect(read.sources == written.sources)
    #expect(read.links == written.links)
  }

  @Test func `a live capture survives the way to disk and back`() throws {
    let directory = try TemporaryDirectory()
    let live = try LiveKernel().capture()
    let read = try ArchiveTree(CaptureWriter(live).write(toDirectory: directory.path)).capture()
    #expect(read.sources == live.sources)
    #expect(read.links == live.links)
  }

  @Test func `the file is for its owner only and named for host, time and boot`() throws {
    let directory = try TemporaryDirectory()
    let path = try CaptureWriter(sampleCapture(host: "../é x")).write(toDirectory: directory.path)
    #expect((path as NSString).lastPathComponent == "____x-20251231T235959Z-01234567.tar.zst")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `captures of the same second get names of their own`() async throws {
    let directory = try TemporaryDirectory()
    let folder = directory.path
    let paths = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask { try CaptureWriter(sampleCapture()).write(toDirectory: folder) }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(paths.count == 8)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 8)
  }

  @Test func `a directory that isn't there is an error that says so`() throws {
    let error = try #require(throws: SourceError.self) {
      try CaptureWriter(sampleCapture()).write(toDirectory: "/nonexistent/place")
    }
    #expect(error.kind == .cannotWrite)
    #expect(error.message.contains("make the directory first"))
  }

  @Test func `a pipe or device is written to and never replaced`() throws {
    let directory = try TemporaryDirectory()
    #expect(try directory.run("mkfifo pipe && (cat pipe > copy &)") == 0)
    try CaptureWriter(sampleCapture()).write(to: "\(directory.path)/pipe")
    #expect(try directory.run("test -p pipe") == 0)
    let error = try #require(throws: SourceError.self) {
      try CaptureWriter(sampleCapture()).write(to: "/dev/full")
    }
    #expect(error.kind == .cannotWrite)
    #expect(try directory.run("test -c /dev/full") == 0)
  }

  @Test func `what a killed run left behind is removed after a day`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".kmemcheck-1-2.tmp", "half")
    try directory.write(".kmemcheck-1-3.tmp", "half")
    #expect(try directory.run("touch -d '2 days ago' .kmemcheck-1-2.tmp") == 0)
    _ = try CaptureWriter(sampleCapture()).write(toDirectory: directory.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names.contains(".kmemcheck-1-3.tmp"))
    #expect(!names.contains(".kmemcheck-1-2.tmp"))
    #expect(Store(directories: [directory.path]).list().count == 1)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can mount a small tmpfs"))
  func `a full disk is an error with a remedy and leaves nothing behind`() throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: "\(directory.path)/small", withIntermediateDirectories: false)
    try #require(try directory.run("mount -t tmpfs -o size=64k none small") == 0)
    defer { _ = try? directory.run("umount small") }
    var capture = sampleCapture()
    var generator = SystemRandomNumberGenerator()
    capture.sources["proc/zoneinfo"] = SourceReading(
      outcome: .read, bytes: (0..<200_000).map { _ in .random(in: 0...255, using: &generator) })
    let error = try #require(throws: SourceError.self) {
      try CaptureWriter(capture).write(toDirectory: "\(directory.path)/small")
    }
    #expect(error.kind == .cannotWrite)
    #expect(error.message.contains("free some space"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/small") == [])
  }
}
