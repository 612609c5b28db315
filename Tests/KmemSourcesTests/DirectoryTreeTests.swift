import Foundation
import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite struct DirectoryTreeTests {
  @Test(arguments: ["", "a b", "one/two/three"])
  func `the tree is found at the directory or below it`(folder: String) throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory, under: folder)
    let capture = try DirectoryTree(directory.path + "/").capture()
    #expect(capture["proc/meminfo"].bytes == Array(SampleTree.meminfo.utf8))
    #expect(capture.sources.count == 4)
  }

  @Test func `a copy of proc itself is a tree`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    let capture = try DirectoryTree("\(directory.path)/root/proc").capture()
    #expect(Set(capture.sources.keys) == ["proc/meminfo", "proc/vmstat", "proc/slabinfo"])
  }

  @Test func `a capture that a newer version took is refused in a sentence`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try directory.write(
      "root/kmemcheck/manifest.json", "{\"schema\": \"kmemcheck.manifest/2\", \"new\": 1}")
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree(directory.path).capture()
    }
    #expect(error.kind == .badData)
    #expect(
      error.message.hasSuffix(
        "was taken by a newer kmemcheck (kmemcheck.manifest/2): read it with that version"))
  }

  @Test func `a folder of files is read by their names`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("meminfo.txt", SampleTree.meminfo)
    try directory.write("host1-slabinfo-0800.txt", SampleTree.slabinfo)
    try directory.write("config-6.1.0", "CONFIG_SLUB=y\n")
    try directory.write("README", "text")
    let capture = try DirectoryTree(directory.path).capture()
    #expect(
      Set(capture.sources.keys) == ["proc/meminfo", "proc/slabinfo", "boot/config-6.1.0"])
  }

  @Test func `a folder with two files of a kind is an error that names both`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("meminfo-before.txt", SampleTree.meminfo)
    try directory.write("meminfo-after.txt", SampleTree.meminfo)
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree(directory.path).capture()
    }
    #expect(error.kind == .usage)
    #expect(error.message.contains("meminfo-after.txt and meminfo-before.txt"))
  }

  @Test func `several machines are an error that lists five of them`() throws {
    let directory = try TemporaryDirectory()
    for number in 1...7 { try SampleTree.write(to: directory, under: "machine\(number)") }
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree(directory.path).capture()
    }
    #expect(error.kind == .usage)
    #expect(error.message.contains("machine5 and more"))
    #expect(!error.message.contains("machine6"))
  }

  @Test func `an empty directory is an error that says what was looked for`() throws {
    let directory = try TemporaryDirectory()
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree(directory.path).capture()
    }
    #expect(error.kind == .badData)
    #expect(error.message.contains("proc/meminfo"))
  }

  @Test func `a directory with only archives is an error that names them`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("sosreport.tar.xz", "x")
    try directory.write("sosreport-2.tar.xz", "x")
    let error = try #require(throws: SourceError.self) {
      try DirectoryTree(directory.path).capture()
    }
    #expect(error.message.contains("sosreport.tar.xz; name one of them"))
  }

  @Test func `a FIFO in the tree is not opened`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try #require(try directory.run("mkfifo root/proc/zoneinfo") == 0)
    let capture = try DirectoryTree(directory.path).capture()
    #expect(capture["proc/zoneinfo"].outcome == .absent)
    #expect(capture.remarks == ["proc/zoneinfo is no regular file; it was not opened"])
  }

  @Test func `a link that leads out of the tree is not followed`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    let secret = try directory.write("secret", "x")
    try #require(try directory.run("ln -s '\(secret)' root/proc/zoneinfo") == 0)
    try #require(try directory.run("ln -s /etc root/proc/sys") == 0)
    try #require(try directory.run("ln -s meminfo root/proc/buddyinfo") == 0)
    let capture = try DirectoryTree(directory.path).capture()
    #expect(capture["proc/zoneinfo"].outcome == .absent)
    #expect(capture["proc/buddyinfo"].outcome == .read)
    #expect(capture.remarks.contains { $0.contains("proc/zoneinfo is a link that leads out") })
  }

  @Test func `sosreport's listing of the slab caches has one path in every version`() throws {
    let directory = try TemporaryDirectory()
    try SampleTree.write(to: directory)
    try directory.write("root/sos_commands/kernel/ls_-lt_.sys.kernel.slab", "a -> :b\n")
    let capture = try DirectoryTree(directory.path).capture()
    #expect(capture[SlabAliases.path].bytes == Array("a -> :b\n".utf8))
  }

  @Test func `a compressed file in a tree is unpacked, config.gz is kept as it is`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("root/proc/meminfo", SampleTree.meminfo)
    try directory.write("root/proc/config", "CONFIG_SLUB=y\n")
    try #require(try directory.run("gzip root/proc/config") == 0)
    let capture = try DirectoryTree(directory.path).capture()
    let packed = capture["proc/config.gz"].bytes
    #expect(packed.starts(with: [0x1F, 0x8B]))
    #expect(try decompressed(packed) == Array("CONFIG_SLUB=y\n".utf8))
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["KMEMCHECK_CORPUS"] != nil,
      "KMEMCHECK_CORPUS is not set"))
  func `every tree of the corpus is read`() throws {
    let corpus = try #require(ProcessInfo.processInfo.environment["KMEMCHECK_CORPUS"])
    var trees = 0
    let files = try #require(FileManager.default.enumerator(atPath: corpus))
    for case let path as String in files where path.hasSuffix("/proc") {
      let root = "\(corpus)/\((path as NSString).deletingLastPathComponent)"
      let names = try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/\(path)")
      guard names.contains(where: { Int($0) == nil }) else {
        #expect(throws: SourceError.self) { try DirectoryTree(root).capture() }
        continue
      }
      let capture = try DirectoryTree(root).capture()
      #expect(!capture.sources.isEmpty, "\(root)")
      trees += 1
    }
    #expect(trees > 20)
  }
}
