package import KmemParsers
import KmemSnapshot

extension Books {
  /// A value that the amount of a class is made of.
  package enum Component: Hashable, Sendable {
    /// A line of meminfo.
    case line(Meminfo.Key)
    /// A line of vmstat.
    case vmstat(Vmstat.Key)
    case zoneinfo, slabinfo, vmallocinfo, allocinfo, arcstats
    /// The pools of huge pages in sysfs.
    case hugePagePools
    /// `mm_stat` of the devices of zram.
    case zram
    /// The kernel's configuration, which tells where kernel stacks lie.
    case config
  }
}

extension Books.Origin {
  /// All that an amount of this origin may be made of, whether or not it was printed.
  var components: [Books.Component] {
    switch self {
    case .meminfo(let lines, let less, let including):
      lines.map(Books.Component.line) + less.flatMap(\.components)
        + (including?.components ?? [])
    case .defaultHugePages: [.line(.hugePagesTotal), .line(.hugepageSize)]
    case .hugePagePools: [.hugePagePools]
    case .percpuAreas: [.vmallocinfo]
    case .arcstats: [.arcstats]
    case .zram(let lines): [.zram] + lines.map(Books.Component.line)
    case .vmstat(let key): [.vmstat(key)]
    case .pagesets: [.zoneinfo]
    case .vmallocAreas(let lessStacks):
      [.vmallocinfo] + (lessStacks ? Books.Part.kernelStacks.components : [])
    case .instrumentation(let slab, let pages):
      (slab ? [.slabinfo] : []) + (pages ? [.allocinfo] : [])
    case .rest: []
    }
  }
}

extension Books.Part {
  fileprivate var components: [Books.Component] {
    switch self {
    case .line(let key): [.line(key)]
    case .filePages: [.line(.filePages), .line(.swapCached)]
    case .kmemleakCaches: [.slabinfo]
    case .kernelStacks: [.line(.kernelStack), .line(.shadowCallStack)]
    }
  }
}

extension Books.Inclusion {
  /// What would take it out, if it were printed.
  fileprivate var components: [Books.Component] {
    switch self {
    case .reclaimable: [.line(.sReclaimable)]
    case .shmem: [.line(.shmem)]
    case .firstChunk: []
    }
  }
}

extension Snapshot {
  /// Whether the value was read and is a number.
  func has(_ component: Books.Component) -> Bool {
    switch component {
    case .line(let key):
      meminfo.value?[key].map { !$0.isKilobytes || $0.bytes != nil } ?? false
    case .vmstat(let key): vmstat.value?[key] != nil
    case .zoneinfo: zoneinfo.value != nil
    case .slabinfo: slabinfo.value != nil
    case .vmallocinfo: vmallocinfo.value != nil
    case .allocinfo: allocinfo.value != nil
    case .arcstats: arcstats.value != nil
    case .hugePagePools: !hugePagePools.isEmpty
    case .zram: !zramDevices.isEmpty
    case .config: config.value != nil
    }
  }
}
