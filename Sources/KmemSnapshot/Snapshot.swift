package import KmemParsers

/// A capture, parsed: each source's records, or the reason why there are none.
package struct Snapshot: Sendable {
  /// Where it comes from, as the user would name it.
  package let origin: String
  package let kind: Capture.Kind
  package let label: String?
  package let host: Host
  /// The processors that were online, where the manifest says so.
  package let processors: Int?
  /// The effective user id of the user who took the capture, where the manifest says it.
  package let readerID: Int?

  package let meminfo: Reading<Meminfo>
  package let vmstat: Reading<Vmstat>
  package let buddyinfo: Reading<Buddyinfo>
  package let zoneinfo: Reading<Zoneinfo>
  package let slabinfo: Reading<Slabinfo>
  package let pagetypeinfo: Reading<Pagetypeinfo>
  package let vmallocinfo: Reading<Vmallocinfo>
  package let allocinfo: Reading<Allocinfo>
  package let modules: Reading<Modules>
  package let builds: BuildIdentities
  package let config: Reading<KernelConfig>
  /// The file that the configuration comes from, as a path: `/proc/config.gz`.
  package let configOrigin: String?
  package let commandLine: Reading<KernelCommandLine>
  package let memoryPressure: Reading<Pressure>
  package let slabAliases: Reading<SlabAliases>
  /// Whether the kernel counts a cache as reclaimable, by the cache's name or its id in sysfs.
  ///
  /// From `/sys/kernel/slab/<cache>/reclaim_account` (SLUB, 2.6.22); readable by root only.
  package let reclaimAccounts: [String: Bool]
  /// What sysfs tells of each cache, by the cache's name or its id in sysfs.
  package let slabAttributes: [String: SlabAttributes]
  /// Who allocated each cache's objects, by the cache's name or its id; only with `slab_debug=U`.
  package let allocTraces: [String: AllocTraces]
  /// The stacks that hold pages; only with `page_owner=on`.
  package let pageOwner: Reading<PageOwnerStacks>
  /// Which loaded modules name which caches in their files; derived on the captured machine.
  package let moduleNames: ModuleNames?
  /// `/proc/sys/vm/mem_profiling` (6.10): `1` where allocations are counted by line of source.
  package let memoryProfiling: String?
  package let mounts: Reading<Mounts>
  package let counts: KernelCounts
  /// What the kernel log tells of the OOM killer; nothing without a log.
  package let outOfMemory: OutOfMemory?
  /// The processes, with how many of them could be measured.
  package let processes: Reading<ProcessList>
  /// What scans of kmemleak were worth, where its report was kept with what they found.
  package let scan: ScanFacts?
  /// The control groups that memory is counted for: the root and the two levels below it.
  package let cgroups: Reading<[Cgroup]>

  /// What parsers passed over or mended, and what was odd about the container.
  package let remarks: [SourceRemark]
  package let coverage: Coverage

  /// Parses every source of the capture.
  ///
  /// Nothing in it can make this fail.
  package init(_ capture: Capture) {
    var reader = SnapshotReader(capture: capture)
    origin = capture.origin
    kind = capture.kind
    label = capture.manifest?.label
    processors = capture.manifest?.processors
    readerID = capture.manifest?.userID
    meminfo = reader.meminfo()
    vmstat = reader.parse("proc/vmstat")
    buddyinfo = reader.parse("proc/buddyinfo")
    zoneinfo = reader.parse("proc/zoneinfo")
    slabinfo = reader.parse("proc/slabinfo")
    pagetypeinfo = reader.parse("proc/pagetypeinfo")
    vmallocinfo = reader.parse("proc/vmallocinfo")
    allocinfo = reader.parse("proc/allocinfo")
    modules = reader.parse("proc/modules")
    builds = BuildIdentities(capture, reader.sideFile())
    commandLine = reader.parse("proc/cmdline")
    memoryPressure = reader.parse("proc/pressure/memory")
    (config, configOrigin) = reader.config()
    mounts = reader.parse("proc/mounts")
    slabAliases = reader.slabAliases()
    reclaimAccounts = capture.reclaimAccounts
    slabAttributes = capture.slabAttributes
    allocTraces = reader.allocTraces()
    pageOwner = reader.pageOwner()
    moduleNames = reader.sideFile()
    memoryProfiling = capture.line(of: "proc/sys/vm/mem_profiling")
    outOfMemory = capture.outOfMemory
    counts = KernelCounts(&reader, mounts: mounts.value)
    host = Host(
      capture, counts: counts,
      inference: PageSizeInference(
        meminfo: meminfo.value, zoneinfo: zoneinfo.value, pagetypeinfo: pagetypeinfo.value,
        vmallocinfo: vmallocinfo.value, slabinfo: slabinfo.value))
    processes = capture.processes(pageSize: host.pageSize, reader.sideFile())
    scan = reader.sideFile()
    cgroups = capture.cgroups
    remarks =
      capture.remarks.map { SourceRemark(path: capture.origin, line: 0, reason: $0) }
      + reader.remarks
    coverage = Coverage(capture)
  }
}
