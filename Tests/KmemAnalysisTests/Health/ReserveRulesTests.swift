import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What is set aside, held by cgroups, or in no class: each rule with a hit and a near miss.
struct ReserveRulesTests {
  /// One machine, and whether a rule finds something there.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: Finding.Rule
    let isFound: Bool
    let changes: [String: UInt64]
    var dropped: Set<String> = []
    var files: [String: String] = [:]

    var testDescription: String { "\(rule) \(isFound ? "hit" : "miss") \(changes) \(files.keys)" }

    var findings: [Finding] {
      let meminfo = ["proc/meminfo": WholeMeminfo.text(changes, without: dropped)]
      return Health(Snapshot(typed: files.merging(meminfo) { $1 })).findings
    }
  }

  private static func hit(
    _ rule: Finding.Rule, _ changes: [String: UInt64] = [:], without dropped: Set<String> = [],
    _ files: [String: String] = [:]
  ) -> Case {
    Case(rule: rule, isFound: true, changes: changes, dropped: dropped, files: files)
  }

  private static func miss(
    _ rule: Finding.Rule, _ changes: [String: UInt64] = [:], without dropped: Set<String> = [],
    _ files: [String: String] = [:]
  ) -> Case {
    Case(rule: rule, isFound: false, changes: changes, dropped: dropped, files: files)
  }

  private static func cgroups(_ rows: String...) -> [String: String] {
    [
      "proc/cgroups": "#subsys_name\thierarchy\tnum_cgroups\tenabled\n"
        + rows.map { "\($0)\t1\n" }.joined()
    ]
  }

  private static func caches(_ count: Int) -> [String: String] {
    [
      "proc/slabinfo": "slabinfo - version: 2.1\nkmem_cache \(count) \(count) 256 16 1 "
        + ": tunables 0 0 0 : slabdata 700 700 0\n"
    ]
  }

  private static func pool(_ total: Int, free: Int, reserved: Int) -> [String: String] {
    let directory = "sys/kernel/mm/hugepages/hugepages-1048576kB"
    return [
      "\(directory)/nr_hugepages": "\(total)\n", "\(directory)/free_hugepages": "\(free)\n",
      "\(directory)/resv_hugepages": "\(reserved)\n",
    ]
  }

  private static func balloon(_ pages: Int, _ module: String) -> [String: String] {
    [
      "proc/vmstat": "balloon_inflate \(pages + 7)\nballoon_deflate 7\n",
      "proc/modules": "\(module) 20480 0 - Live 0x0000000000000000\n",
    ]
  }

  private static func arcstats(size: Int, least: Int) -> [String: String] {
    ["proc/spl/kstat/zfs/arcstats": "name type data\nsize 4 \(size)\nc_min 4 \(least)\n"]
  }

  private static let areas = [
    "proc/vmallocinfo": "0x1000-0x3d091000 1024000000 pcpu_get_vm_areas+0x0/0x550 vmalloc\n"
  ]

  private static let percpu: [Case] = [
    hit(.percpu, ["Percpu": 300_000]), miss(.percpu, ["Percpu": 299_999]),
    hit(.percpu, ["MemFree": 2_900_000], without: WholeMeminfo.young, areas),
    miss(.percpu, without: WholeMeminfo.young, areas),
    hit(.leftCgroups, cgroups("memory\t5\t3000", "pids\t6\t1000")),
    miss(.leftCgroups, cgroups("memory\t5\t3000", "pids\t6\t1001")),
    miss(.leftCgroups, cgroups("memory\t5\t999", "pids\t6\t10")),
    hit(.leftCgroups, cgroups("memory\t5\t10000")),
    miss(.leftCgroups, cgroups("memory\t5\t9999")),
    hit(.leftCgroups, caches(10001)), miss(.leftCgroups, caches(10000)),
  ]

  private static let hugePages: [Case] = [
    hit(
      .idleHugePages,
      ["HugePages_Total": 1000, "HugePages_Free": 600, "HugePages_Rsvd": 88, "Hugetlb": 2_048_000]),
    miss(
      .idleHugePages,
      ["HugePages_Total": 1000, "HugePages_Free": 600, "HugePages_Rsvd": 112, "Hugetlb": 2_048_000]),
    // A counter that went below zero promises nothing.
    hit(
      .idleHugePages,
      [
        "HugePages_Total": 1000, "HugePages_Free": 600, "HugePages_Rsvd": .max,
        "Hugetlb": 2_048_000,
      ]),
    hit(.idleHugePages, ["Hugetlb": 1_048_576], pool(1, free: 1, reserved: 0)),
    miss(.idleHugePages, ["Hugetlb": 1_048_576], pool(1, free: 1, reserved: 1)),
    hit(.otherHugePages, ["Hugetlb": 1_000_000]), miss(.otherHugePages, ["Hugetlb": 999_999]),
    miss(.otherHugePages, ["Hugetlb": 1_048_576], pool(1, free: 0, reserved: 0)),
    hit(.hugePagesInUse, ["HugePages_Total": 1000, "Hugetlb": 2_048_000]),
    miss(.hugePagesInUse, ["HugePages_Total": 976, "Hugetlb": 1_998_848]),
  ]

  private static let reserves: [Case] = [
    hit(
      .cmaFree,
      [
        "CmaTotal": 1_500_000, "CmaFree": 1_400_000, "MemFree": 1_600_000,
        "MemAvailable": 1_899_999,
      ]),
    miss(
      .cmaFree,
      [
        "CmaTotal": 1_500_000, "CmaFree": 1_400_000, "MemFree": 1_600_000,
        "MemAvailable": 1_900_000,
      ]),
    miss(
      .cmaFree,
      ["CmaTotal": 1_500_000, "CmaFree": 800_000, "MemFree": 1_600_000, "MemAvailable": 1_000_000]),
    hit(.cmaInUse, ["CmaTotal": 1_000_000, "CmaFree": 500_000]),
    miss(.cmaInUse, ["CmaTotal": 1_000_000, "CmaFree": 500_001]),
    miss(.cmaInUse, ["CmaTotal": 999_999, "CmaFree": 1]),
    hit(.compressedSwap, ["proc/vmstat": "nr_zspages 250000\n"]),
    miss(.compressedSwap, ["proc/vmstat": "nr_zspages 249999\n"]),
    hit(.compressedSwap, ["Zswap": 1_000_000, "Zswapped": 3_000_000]),
    hit(
      .compressedSwap,
      ["sys/devices/virtual/block/zram0/mm_stat": "4000000000 900000000 1024000000 0 0 0 0 0\n"]),
    hit(.notInAvailable, ["GPUReclaim": 500_000]), miss(.notInAvailable, ["GPUReclaim": 499_999]),
    hit(.notInAvailable, arcstats(size: 600_000_000, least: 88_000_000)),
    miss(.notInAvailable, arcstats(size: 600_000_000, least: 88_000_001)),
    hit(.balloon, balloon(125_000, "vmw_balloon")), miss(.balloon, balloon(124_999, "vmw_balloon")),
  ]

  private static let rest: [Case] = [
    hit(.unaccounted, ["MemFree": 2_950_000]), miss(.unaccounted, ["MemFree": 2_950_001]),
    miss(.unaccounted, ["MemFree": 2_500_000], balloon(250_000, "vmw_balloon")),
    hit(.unaccounted, ["MemFree": 2_500_000], balloon(250_000, "hv_balloon")),
    miss(.unaccounted, ["MemFree": 2_500_000], arcstats(size: 1_024_000_000, least: 0)),
    hit(.incomplete, ["MemFree": 2_500_000], without: ["Active", "Active(anon)"]),
    miss(.incomplete, ["MemFree": 2_950_000]),
    hit(.strayPages, ["Active": 3_500_000, "MemFree": 2_500_000]),
    miss(.strayPages, ["Active": 3_500_000, "MemFree": 2_500_000, "SwapCached": 1]),
  ]

  private static func hit(_ rule: Finding.Rule, _ files: [String: String]) -> Case {
    hit(rule, [:], files)
  }

  private static func miss(_ rule: Finding.Rule, _ files: [String: String]) -> Case {
    miss(rule, [:], files)
  }

  @Test(arguments: percpu + hugePages + reserves + rest)
  func `a rule finds what it is for and not what is just below`(machine: Case) {
    let findings = machine.findings
    #expect(findings.contains { $0.rule == machine.rule } == machine.isFound, "\(findings)")
  }

  @Test func `a whole and calm machine has nothing that stands out`() {
    #expect(Self.miss(.unaccounted).findings == [])
  }

  @Test func `a balloon that lowers MemTotal explains nothing`() {
    let files = Self.balloon(250_000, "virtio_balloon").merging(
      ["sys/bus/virtio/drivers/virtio_balloon/virtio1/features": "0100000000000000\n"]) { $1 }
    let machine = Self.hit(.unaccounted, ["MemFree": 2_500_000], files)
    #expect(machine.findings.map(\.rule) == [.unaccounted, .balloon])
    let deflating = files.mapValues { $0.replacing("0100000", with: "0110000") }
    #expect(
      Self.hit(.balloon, ["MemFree": 2_500_000], deflating).findings.map(\.rule) == [.balloon])
  }

  @Test func `little memory is no alarm where the cache of ZFS is given back`() {
    let changes: [String: UInt64] = ["MemFree": 100_000, "MemAvailable": 150_000]
    let files = Self.arcstats(size: 3_500_000 << 10, least: 100_000 << 10)
    #expect(Self.hit(.notInAvailable, changes, files).findings.map(\.rule) == [.notInAvailable])
    #expect(Self.hit(.available, changes).findings.map(\.rule).contains(.available))
  }

  @Test func `what may have memory in no class is what the files don't exclude`() throws {
    func suspects(_ files: [String: String], without: Set<String> = []) throws
      -> UnaccountedSuspects
    {
      let machine = Self.hit(.unaccounted, ["MemFree": 2_500_000], without: without, files)
      let kinds = machine.findings.map(\.kind)
      return try #require(
        kinds.lazy.compactMap {
          if case .unaccounted(_, let suspects) = $0 { suspects } else { nil }
        }.first)
    }
    let unknown = try suspects([:])
    #expect(unknown.zfs == .possible && unknown.mayBeBalloon && !unknown.hasModules)
    #expect(unknown.unknown == [] && !unknown.isCut)
    let loaded = try suspects(["proc/modules": "zfs 9 0 - Live 0x0\namdgpu 9 0 - Live 0x0\n"])
    #expect(loaded.zfs == .loaded && !loaded.mayBeBalloon)
    #expect(loaded.gpuDrivers == ["amdgpu"])
    let excluded = try suspects(["proc/modules": "ext4 9 0 - Live 0x0\n"])
    #expect(excluded.zfs == .excluded && excluded.gpuDrivers == [])
    let old = try suspects([:], without: WholeMeminfo.young)
    #expect(old.unknown == [.percpu])
    #expect(old.hasOtherHugePages)
  }
}
