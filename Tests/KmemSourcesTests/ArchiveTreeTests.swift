import Foundation
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite struct ArchiveTreeTests {
  /// The options by which tar makes each kind of archive, and how the file's name ends.
  static let kinds = [
    ("", "tar"), ("-z", "tar.gz"), ("-J", "tar.xz"), ("--zstd", "tar.zst"), ("-j", "tar.bz2"),
  ]

  @Test(arguments: kinds) func `a tree is found in every kind of archive`(
    option: String, ending: String
  ) throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "sosreport-host-2026 x/y")
    try #require(try directory.run("tar \(option) -cf a.\(ending) 'sosreport-host-2026 x'") == 0)
    let capture = try ArchiveTree("\(directory.path)/a.\(ending)").capture()
    #expect(capture["proc/meminfo"].bytes == Array(SampleTree.meminfo.utf8))
    #expect(capture["sys/fs/cgroup/system.slice/memory.stat"].outcome == .read)
    #expect(capture.sources.count == 4)
    #expect(capture.remarks == [])
  }

  @Test func `an archive with a damaged beginning is refused, not read as a text`() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/a.tar.zst"
    try Data("\u{1}MemTotal: 8000000 kB\nMemFree: 5000000 kB\nSlab: 90000 kB\n".utf8)
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: SourceError.self) { try ArchiveTree(path).capture() }
  }

  @Test func `a folder packed from within is read without a remark`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "host")
    try #require(try directory.run("tar -C host -cf a.tar .") == 0)
    let capture = try ArchiveTree("\(directory.path)/a.tar").capture()
    #expect(capture.sources.count == 4)
    #expect(capture.remarks == [])
  }

  @Test func `a sosreport in an archive in an archive is read without unpacking`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "sosreport")
    try #require(
      try directory.run("tar -cJf sos.tar.xz sosreport && mkdir c && mv sos.tar.xz c") == 0)
    try #require(try directory.run("tar -czf case.tar.gz c") == 0)
    let capture = try ArchiveTree("\(directory.path)/case.tar.gz").capture()
    #expect(capture["proc/slabinfo"].bytes == Array(SampleTree.slabinfo.utf8))
    #expect(capture.sources.count == 4)
  }

  @Test func `an archive within a tree counts as unpacked where it lies`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try directory.write("fs/sys/fs/file-nr", "1 0 9\n")
    try #require(try directory.run("tar -C fs -cf root/proc/fs.tar sys") == 0)
    try #require(try directory.run("tar -cf a.tar root") == 0)
    for capture in [
      try ArchiveTree("\(directory.path)/a.tar").capture(),
      try DirectoryTree("\(directory.path)/root").capture(),
    ] { #expect(capture["proc/sys/fs/file-nr"].bytes == Array("1 0 9\n".utf8)) }
  }

  @Test(arguments: kinds) func `what came before the end of a cut archive is kept`(
    option: String, ending: String
  ) throws {
    let directory = try TemporaryDirectory()
    try directory.write("root/proc/meminfo", SampleTree.meminfo)
    var generator = SystemRandomNumberGenerator()
    let noise = (0..<400_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try directory.write("root/proc/vmallocinfo", noise)
    try #require(
      try directory.run(
        "tar \(option) -cf a.\(ending) root/proc/meminfo root/proc/vmallocinfo") == 0)
    let whole = try directory.bytes(of: "a.\(ending)")
    for part in 1...15 {
      let path = try directory.write("cut", Array(whole.prefix(whole.count * part / 16)))
      guard let capture = try? ArchiveTree(path).capture() else {
        // Nothing of a compressed block comes out before its end; those of bzip2 hold 900 kB.
        #expect(ending == "tar.bz2" || part < 8)
        continue
      }
      #expect(capture.remarks.contains { $0.contains("ends early") })
      #expect(capture["proc/meminfo"].bytes == Array(SampleTree.meminfo.utf8))
      let cut = capture["proc/vmallocinfo"]
      #expect(cut.outcome == .truncated)
      #expect(noise.starts(with: cut.bytes))
    }
  }

  @Test func `a cut capture of ours says which sources are missing`() throws {
    let directory = try TemporaryDirectory()
    let path = try CaptureWriter(sampleCapture()).write(toDirectory: directory.path)
    let name = (path as NSString).lastPathComponent
    try #require(
      try directory.run("zstd -dq '\(name)' -o a.tar && head -c 30000 a.tar > b.tar") == 0)
    let capture = try ArchiveTree("\(directory.path)/b.tar").capture()
    #expect(capture["proc/meminfo"].outcome == .read)
    #expect(capture["proc/vmstat"].outcome == .truncated)
    #expect(capture["sys/module/empty/taint"].outcome == .failed)
    #expect(capture["proc/slabinfo"].outcome == .denied)
  }

  @Test func `a bomb is stopped and what came before it is kept`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("root/proc/meminfo", SampleTree.meminfo)
    try #require(
      try directory.run(
        """
        truncate -s 300M root/zeros; truncate -s 40M root/proc/vmstat
        tar --zstd -cf a.tar.zst root/proc/meminfo root/proc/vmstat root/zeros root/proc/meminfo
        """) == 0)
    var options = CaptureOptions()
    options.limits.totalBytes = 1 << 20
    options.limits.fileBytes = 1 << 18
    options.limits.ratio = 50
    let capture = try ArchiveTree("\(directory.path)/a.tar.zst").capture(options)
    #expect(capture["proc/meminfo"].bytes == Array(SampleTree.meminfo.utf8))
    #expect(capture["proc/vmstat"].outcome == .truncated)
    #expect(capture["proc/vmstat"].bytes.count == 1 << 18)
    #expect(capture.remarks.contains { $0.contains("times larger than the archive") })
  }

  @Test func `too many entries are not read to the end`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try #require(
      try directory.run("cd root; for i in 1 2 3 4 5 6 7 8; do touch $i; done") == 0)
    try #require(try directory.run("tar -cf a.tar root/proc/meminfo root/1 root/2 root/3") == 0)
    var options = CaptureOptions()
    options.limits.entries = 2
    let capture = try ArchiveTree("\(directory.path)/a.tar").capture(options)
    #expect(capture.remarks == ["more than 2 entries: the rest was not read"])
  }

  @Test func `entries that climb out of their folder are passed over`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try #require(
      try directory.run("tar -P --transform 's,root,../../etc,' -cf a.tar root") == 0)
    let error = try #require(throws: SourceError.self) {
      try ArchiveTree("\(directory.path)/a.tar").capture()
    }
    #expect(error.kind == .badData)
    #expect(error.message.contains("leads out of the archive"))
  }

  @Test func `two machines in one archive are an error that names both`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "one")
    try SampleTree.write(to: directory, under: "two")
    try #require(try directory.run("tar -cf a.tar one two") == 0)
    let error = try #require(throws: SourceError.self) {
      try ArchiveTree("\(directory.path)/a.tar").capture()
    }
    #expect(error.kind == .usage)
    #expect(error.message.contains("one, two"))
  }

  @Test func `a machine's own containers within its tree don't make two machines`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try SampleTree.write(to: directory, under: "root/var/lib/lxc/a")
    try #require(try directory.run("tar -cf a.tar root") == 0)
    #expect(try ArchiveTree("\(directory.path)/a.tar").capture().sources.count == 4)
  }

  @Test func `names beyond ASCII are read whatever the locale`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: "größe")
    for format in ["pax", "gnu"] {
      try #require(try directory.run("tar --format=\(format) -cf a.tar größe") == 0)
      #expect(try ArchiveTree("\(directory.path)/a.tar").capture().sources.count == 4)
    }
  }

  @Test func `a hard link to an earlier entry has its contents`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("root/proc/meminfo", SampleTree.meminfo)
    try #require(try directory.run("ln root/proc/meminfo root/proc/vmstat") == 0)
    try #require(
      try directory.run("tar -cf a.tar root/proc/meminfo root/proc/vmstat") == 0)
    let capture = try ArchiveTree("\(directory.path)/a.tar").capture()
    #expect(capture["proc/vmstat"].bytes == Array(SampleTree.meminfo.utf8))
  }

  @Test func `an archive of a copy of proc is read like a tree`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try #require(try directory.run("tar -C root/proc -czf a.tgz .") == 0)
    let capture = try ArchiveTree("\(directory.path)/a.tgz").capture()
    #expect(Set(capture.sources.keys) == ["proc/meminfo", "proc/vmstat", "proc/slabinfo"])
  }

  @Test func `an archive without kernel files is an error that says how many entries it has`()
    throws
  {
    let directory = try TemporaryDirectory()
    try directory.write("x/y", "nothing")
    try #require(try directory.run("tar -cf a.tar x") == 0)
    let error = try #require(throws: SourceError.self) {
      try ArchiveTree("\(directory.path)/a.tar").capture()
    }
    #expect(error.message.contains("none of its 2 entries"))
  }

  @Test func `a manifest with unknown fields is read, a broken one is damage`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    let manifest =
      #"{"schema":"kmemcheck.manifest/1","tool":"9","later":[1],"#
      + #""start":{"wall":1,"extra":2},"end":{"wall":2},"sources":{}}"#
    try directory.write("root/kmemcheck/manifest.json", manifest)
    #expect(try DirectoryTree("\(directory.path)/root").capture().manifest?.tool == "9")
    try directory.write("root/kmemcheck/manifest.json", "{")
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree("\(directory.path)/root").capture()
    }
    #expect(error.message.contains("its manifest can't be understood"))
    #expect(error.message.contains("remove kmemcheck/manifest.json"))
  }
}
