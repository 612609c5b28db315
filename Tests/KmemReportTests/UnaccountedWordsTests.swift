import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemReport

/// What is said of memory that is in no class.
struct UnaccountedWordsTests {
  /// Suspects of a machine whose files exclude all that isn't given.
  static func suspects(
    unknown: [MemoryClass] = [], isCut: Bool = false, otherHugePages: Bool = false,
    zfs: UnaccountedSuspects.Doubt = .excluded, balloon: Balloon? = nil,
    mayBeBalloon: Bool = false, mayBeCompressed: Bool = false, gpuDrivers: [String] = [],
    hasModules: Bool = true
  ) -> UnaccountedSuspects {
    UnaccountedSuspects(
      unknown: unknown, hasOtherHugePages: otherHugePages, isCut: isCut, zfs: zfs,
      balloon: balloon, mayBeBalloon: mayBeBalloon, mayBeCompressed: mayBeCompressed,
      gpuDrivers: gpuDrivers, hasModules: hasModules)
  }

  @Test(arguments: [
    (suspects(), ": pages that drivers took with alloc_pages"),
    (
      suspects(unknown: [.percpu, .hugePages, .vmalloc]),
      "; percpu, huge pages and vmalloc are not in these files"
    ),
    (suspects(unknown: [.vmalloc]), "; vmalloc is not in these files"),
    (suspects(otherHugePages: true), "; huge pages of other sizes are not in these files"),
    (
      suspects(zfs: .loaded), ": the cache of ZFS, of which arcstats tells, or drivers' pages"
    ),
    (
      suspects(balloon: Balloon(driver: .virtio(deflatesOnOOM: nil), bytes: 200 << 20)),
      ": the balloon, which has 200.0 MiB, or drivers' pages"
    ),
    (
      suspects(balloon: Balloon(driver: .hyperV(lowersMemTotal: nil), bytes: nil)),
      ": the balloon (hv_balloon), whose pages this kernel doesn't count, or drivers' pages"
    ),
    (
      suspects(zfs: .possible, mayBeBalloon: true, mayBeCompressed: true, hasModules: false),
      ": the cache of ZFS, a balloon, compressed swap or pages that drivers took with alloc_pages"
    ),
    (
      suspects(gpuDrivers: ["amdgpu"]),
      ": buffers of the GPU (amdgpu) or pages that drivers took with alloc_pages"
    ),
  ]) func `known things come before drivers`(suspects: UnaccountedSuspects, words: String) {
    let share = Finding.Share(bytes: 300 << 20, part: 0.3)
    #expect(suspects.sentence(share) == "300.0 MiB (30 %) are in no class" + words)
  }

  @Test func `the files that would tell are named`() {
    let suspects = Self.suspects(
      unknown: [.percpu, .hugePages], zfs: .possible, mayBeBalloon: true, hasModules: false)
    #expect(
      suspects.remedy
        == "/proc/vmallocinfo, /sys/kernel/mm/hugepages, /proc/modules, "
        + "/proc/spl/kstat/zfs/arcstats and /proc/vmstat would tell more; page_owner=on or allocinfo "
        + "would name whose the pages are")
  }

  @Test(arguments: [
    (Balloon.Driver.vmware, " (vmw_balloon); MemTotal still counts them, in no class"),
    (.virtio(deflatesOnOOM: true), " (virtio_balloon); MemTotal still counts them, in no class"),
    (.virtio(deflatesOnOOM: false), " (virtio_balloon): MemTotal is that much lower"),
    (.hyperV(lowersMemTotal: true), " (hv_balloon): MemTotal is that much lower"),
    (.xen, " (xen_balloon): MemTotal is that much lower"),
    (.unknown, "; whether MemTotal still counts them isn't in these files"),
  ]) func `a balloon says whether MemTotal shows it`(driver: Balloon.Driver, words: String) {
    let balloon = Balloon(driver: driver, bytes: 1 << 30)
    #expect(balloon.sentence(1 << 30) == "the host took 1.0 GiB by the balloon" + words)
  }

  @Test func `an amount that is the most that it can be says so`() {
    let text = "MemTotal: 1000000 kB\nMemFree: 100000 kB\nCached: 200000 kB\nSlab: 50000 kB\n"
    let area = "0x1000-0x6401000 104857600 pcpu_get_vm_areas+0x0/0x550 vmalloc\n"
    let health = Health(Snapshot(typed: ["proc/meminfo": text, "proc/vmallocinfo": area]))
    let shown = ShowText(health, style: .plain, isVerbose: false).text
    #expect(shown.contains("at most 341.8 MiB available"))
    #expect(shown.contains("percpu, at most"))
    #expect(shown.contains("unaccounted, at least"))
  }
}
