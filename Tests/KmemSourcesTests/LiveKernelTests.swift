import Glibc
import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemSources

@Suite struct LiveKernelTests {
  @Test(arguments: [SourceCatalog.changing, .sampled, .groups, .besideProcesses, .amounts])
  func `a look that is taken again and again reads no log and no configuration`(
    catalog: SourceCatalog
  ) throws {
    let capture = try LiveKernel(catalog: catalog).capture()
    #expect(
      capture.sources["proc/meminfo"] != nil
        || capture.sources.keys.contains { $0.contains("memory.") })
    #expect(capture.sources[KernelFile.chosenKernelLog.path] == nil)
    #expect(!capture.sources.keys.contains { $0.contains("config") })
  }

  @Test(arguments: [SourceCatalog.live, .withoutLeaks, .kmemleakState])
  func `a look at everything reads the kernel's log`(catalog: SourceCatalog) throws {
    let capture = try LiveKernel(catalog: catalog).capture()
    #expect([.read, .denied].contains(capture[KernelFile.chosenKernelLog.path].outcome))
  }

  @Test func `a kernel thread is told by its flags, whatever its name holds`() {
    let rest = "0 0 0 0 -1 2129984 0 0"
    #expect(LiveFacts.isKernelThread(stat: "2 (kthreadd) S \(rest)"))
    #expect(LiveFacts.isKernelThread(stat: "17 (a (b) c) I \(rest)"))
    #expect(!LiveFacts.isKernelThread(stat: "1 (init) S 0 1 1 0 -1 4194560 1 2"))
    #expect(!LiveFacts.isKernelThread(stat: "1 (init"))
  }

  @Test func `the running kernel is captured with its manifest`() throws {
    let capture = try LiveKernel().capture(CaptureOptions(tool: "test", label: "before"))
    #expect(capture["proc/meminfo"].outcome == .read)
    #expect(capture["proc/meminfo"].bytes.starts(with: Array("MemTotal:".utf8)))
    let manifest = try #require(capture.manifest)
    #expect(manifest.label == "before")
    #expect(manifest.kernelRelease?.isEmpty == false)
    #expect(manifest.bootID?.count == 36)
    #expect(manifest.sources["proc/meminfo"]?.bytes == capture["proc/meminfo"].bytes.count)
  }

  @Test func `a source that costs the machine is skipped unless it is asked for`() throws {
    let capture = try LiveKernel().capture()
    #expect(capture["proc/pagetypeinfo"].outcome == .skipped)
    #expect(capture["proc/pagetypeinfo"].reason?.contains("zone lock") == true)
  }

  @Test func `what the first slab caches haven't, no cache of that kernel has`() throws {
    let directory = try TemporaryDirectory()
    for name in ["b", "c", "d"] { try directory.write("sys/kernel/slab/\(name)/ctor", "x") }
    try directory.write("sys/kernel/slab/a/reclaim_account", "0")
    try directory.write("sys/kernel/slab/d/usersize", "0")
    let capture = try LiveKernel(root: directory.path).capture()
    #expect(capture["sys/kernel/slab/d/ctor"].outcome == .read)
    #expect(capture.sources["sys/kernel/slab/d/usersize"] == nil)
    #expect(capture.sources["sys/kernel/slab/b/alloc_calls"] == nil)
  }

  @Test func `modules built in have no build of their own`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("sys/module/ext4/coresize", "5")
    for name in ["ext4", "vt"] {
      try directory.write("sys/module/\(name)/notes/.note.gnu.build-id", "x")
    }
    for catalog in [SourceCatalog.live, .ranked, .modulePlaces] {
      let capture = try LiveKernel(root: directory.path, catalog: catalog).capture()
      #expect(capture["sys/module/ext4/notes/.note.gnu.build-id"].outcome == .read)
      #expect(capture.sources["sys/module/vt/notes/.note.gnu.build-id"] == nil)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read every file"))
  func `files of a family that may not be read are noted once`() throws {
    let directory = try TemporaryDirectory()
    for name in ["a", "b", "c"] { try directory.write("sys/kernel/slab/\(name)/ctor", "x") }
    try #require(try directory.run("chmod 0 sys/kernel/slab/a/ctor sys/kernel/slab/b/ctor") == 0)
    let capture = try LiveKernel(root: directory.path).capture()
    #expect(capture["sys/kernel/slab/c/ctor"].outcome == .read)
    #expect(capture["sys/kernel/slab/*/ctor"].reason == "permission denied for 2 of 3 files")
    #expect(capture.sources["sys/kernel/slab/a/ctor"] == nil)
  }
}
