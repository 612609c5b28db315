import KmemParsers
import Testing

@testable import KmemAnalysis

@Suite struct MenuconfigTests {
  @Test(arguments: [
    ("DEBUG_KMEMLEAK", "2.6.31", "Kernel hacking → Kernel memory leak detector"),
    ("DEBUG_KMEMLEAK", "3.10.108", "Kernel hacking → Kernel memory leak detector"),
    ("DEBUG_KMEMLEAK", "3.11", "Kernel hacking → Memory Debugging → Kernel memory leak detector"),
    (
      "DEBUG_KMEMLEAK", "6.19.0-rc1",
      "Kernel hacking → Memory Debugging → Kernel memory leak detector"
    ),
    (
      "PAGE_OWNER", "3.19",
      "Kernel hacking → Compile-time checks and compiler options → Track page owner"
    ),
    (
      "PAGE_OWNER", "5.0.21",
      "Kernel hacking → Compile-time checks and compiler options → Track page owner"
    ),
    ("PAGE_OWNER", "5.1", "Kernel hacking → Memory Debugging → Track page owner"),
    ("DEBUG_FS", "3.10", "Kernel hacking → Debug Filesystem"),
    (
      "DEBUG_FS", "5.4.1",
      "Kernel hacking → Compile-time checks and compiler options → Debug Filesystem"
    ),
    ("DEBUG_FS", "5.5", "Kernel hacking → Generic Kernel Debugging Instruments → Debug Filesystem"),
    ("SLUB_DEBUG", "5.18.19", "General setup → Enable SLUB debugging support"),
    ("SLUB_DEBUG", "5.19", "Kernel hacking → Memory Debugging → Enable SLUB debugging support"),
    (
      "MEM_ALLOC_PROFILING", "6.10",
      "Kernel hacking → Memory Debugging → Enable memory allocation profiling"
    ),
    ("IKCONFIG", "4.4", "General setup → Kernel .config support"),
    (
      "MEMCG", "4.4",
      "General setup → Control Group support → Memory Resource Controller for Control Groups"
    ),
    ("MEMCG", "4.5", "General setup → Control Group support → Memory controller"),
  ])
  func `an option is where that version's menus have it`(
    option: String, release: String, path: String
  ) throws {
    let version = try #require(KernelVersion(release: release))
    let place = Menuconfig.path(of: option, in: version)
    #expect(place.map { $0.menus + [$0.prompt] } == path.split(separator: " → ").map(String.init))
  }

  @Test(arguments: [
    ("DEBUG_KMEMLEAK", "2.6.30", "2.6.31"), ("PAGE_OWNER", "3.18.140", "3.19"),
    ("MEM_ALLOC_PROFILING", "6.9.12", "6.10"), ("PSI", "4.19", "4.20"),
  ])
  func `an option that a version lacks has no place but a first release`(
    option: String, release: String, first: String
  ) throws {
    let version = try #require(KernelVersion(release: release))
    #expect(Menuconfig.path(of: option, in: version) == nil)
    #expect(Menuconfig.firstRelease(of: option) == first)
  }

  @Test func `without a version the newest place is given`() {
    #expect(
      Menuconfig.path(of: "DEBUG_FS", in: nil)?.menus.last == "Generic Kernel Debugging Instruments"
    )
  }

  @Test(arguments: [
    ("2.6.39", "slub_debug=U", "slub_nomerge"), ("3.17", "slub_debug=U", "slub_nomerge"),
    ("3.18", "slub_debug=U", "slab_nomerge"), ("6.8.12", "slub_debug=U", "slab_nomerge"),
    ("6.9", "slab_debug=U", "slab_nomerge"),
  ])
  func `boot parameters are spelled as that version knows them`(
    release: String, traces: String, noMerge: String
  ) throws {
    let version = try #require(KernelVersion(release: release))
    #expect(BootParameter.slabTraces(in: version).text == traces)
    #expect(BootParameter.noMerge(in: version).text == noMerge)
  }

  @Test(arguments: [
    ("slub_debug", SlabDebug.Traced.all), ("slab_debug=FZPU", .all), ("slub_debug=U", .all),
    ("slub_debug=U,kmalloc-64,dentry", .only(["kmalloc-64", "dentry"])),
    ("slub_debug=,dentry", .only(["dentry"])), ("slub_debug=FZ;U,kmalloc-*", .only(["kmalloc-*"])),
    ("slub_debug=FZ", nil), ("slub_debug=-", nil), ("slub_debug=-,dentry", nil),
    ("slub_debug=U-", nil), ("slub_debug=-U", .all),
  ])
  func `slab_debug records allocations as the kernel reads it`(
    text: String, traced: SlabDebug.Traced?
  ) throws {
    let line = try #require(parsedCommandLine("quiet \(text) ro"))
    let parameter = try #require(SlabDebug(line))
    #expect(parameter.traced == traced)
    #expect(parameter.text == text)
  }
}
