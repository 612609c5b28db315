package import KmemParsers

/// A capture, parsed: each source's records, or the reason why there are none.
package struct Snapshot: Sendable {
  /// Where it comes from, as the user would name it.
  package let origin: String
  /// The form in which the sources were found.
  package let kind: Capture.Kind
  /// The label that the user gave it, if any.
  package let label: String?
  /// The machine, and when it was.
  package internal(set) var host: Host
  /// The processors that were online, where the manifest says so.
  package let processors: Int?
  /// The effective user id of the user who took the capture, where the manifest says it.
  package let readerID: Int?

  /// The records of all kernel files that are parsed.
  var files: ParsedFiles
  /// What tells the builds of the kernel and its modules.
  package let builds: BuildIdentities
  /// The file that the configuration comes from, as a path: `/proc/config.gz`.
  package let configOrigin: String?
  /// What sysfs tells of each cache, by the cache's name or its id in sysfs.
  package let slabAttributes: [String: SlabAttributes]
  /// Who allocated each cache's objects, by the cache's name or its id; only with `slab_debug=U`.
  package let allocTraces: [String: AllocTraces]
  /// Which loaded modules name which caches in their files; derived on the captured machine.
  package let moduleNames: ModuleNames?
  /// `/proc/sys/vm/mem_profiling` (6.10): `1` where allocations are counted by line of source.
  package let memoryProfiling: String?
  /// Numbers of what user space makes the kernel hold.
  package let counts: KernelCounts
  /// The pools of huge pages, by size; none where sysfs wasn't read.
  package let hugePagePools: [HugePagePool]
  /// The devices of zram that were read.
  package let zramDevices: [ZramDevice]
  /// How many control groups each controller has, where `/proc/cgroups` was read.
  package let cgroupCounts: CgroupCounts?
  /// Whether the balloon of virtio is given back before the OOM killer comes; nothing where unknown.
  package let balloonDeflatesOnOOM: Bool?
  /// What the kernel log tells of the OOM killer; nothing without a log.
  package let outOfMemory: OutOfMemory?
  /// The report in a kernel log that is all there is of this moment; nothing for any other.
  package internal(set) var report: MemoryReport?
  /// The processes, with how many of them could be measured.
  package let processes: Reading<ProcessList>
  /// What scans of kmemleak were worth, where its report was kept with what they found.
  package let scan: ScanFacts?
  /// The control groups that memory is counted for: the root and the two levels below it.
  package let cgroups: Reading<[Cgroup]>

  /// What tools print, which was read in place of kernel files.
  package let standIns: [StandIn]
  /// The sum of what a tool's list of processes has; nothing without such a list.
  package let listedPrograms: ListedPrograms?
  /// What parsers passed over or mended, and what was odd about the container.
  package let remarks: [SourceRemark]
  /// How many sources could be read, and what became of the others.
  package let coverage: Coverage

  /// Parses every source of the capture; groups may have been parsed as they were read.
  ///
  /// Nothing in it can make this fail.
  package init(_ capture: Capture, groups: [Cgroup] = []) {
    var reader = SnapshotReader(capture: capture)
    origin = capture.origin
    kind = capture.kind
    label = capture.manifest?.label
    processors = capture.manifest?.processors
    readerID = capture.manifest?.userID
    files = ParsedFiles(&reader)
    configOrigin = reader.configOrigin
    builds = BuildIdentities(capture, reader.sideFile())
    slabAttributes = capture.slabAttributes
    allocTraces = reader.allocTraces()
    moduleNames = reader.sideFile()
    memoryProfiling = capture.line(of: KernelFile.memoryProfiling)
    outOfMemory = capture.outOfMemory
    counts = KernelCounts(&reader, files)
    hugePagePools = capture.hugePagePools
    zramDevices = capture.zramDevices
    cgroupCounts = CgroupCounts(capture)
    balloonDeflatesOnOOM = capture.balloonDeflatesOnOOM
    host = Host(capture, counts: counts, inference: PageSizeInference(files))
    let listed = reader.listedRows()
    listedPrograms = listed.flatMap { ListedPrograms($0.rows, form: $0.form) }
    let read = capture.processes(pageSize: host.pageSize, reader.sideFile())
    let list = read.value == nil ? listed.flatMap { ProcessList($0.rows) } : nil
    processes = list.map { .value($0) } ?? read
    standIns = reader.standIns
    scan = reader.sideFile()
    cgroups = capture.cgroups(beside: groups)
    remarks =
      capture.remarks.map { SourceRemark(path: capture.origin, line: 0, reason: $0) }
      + reader.remarks
    coverage = Coverage(capture)
  }
}
