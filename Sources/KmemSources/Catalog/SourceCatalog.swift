internal import KmemParsers
internal import KmemSnapshot

/// The sources to read, in this order: those that belong to one moment first, slow or large ones
/// last.
package struct SourceCatalog: Sendable {
  /// The sources in the order in which they are read.
  package var specs: [SourceSpec]

  /// A catalog of those sources.
  package init(_ specs: [SourceSpec]) { self.specs = specs }

  /// All sources that are read on a live machine.
  package static let live = SourceCatalog(
    declared { $0 != .blocking } + memory + system + cgroups + cgroupBuffers + containers + slab
      + modules + instruments
      + declared { $0 == .blocking })

  /// The sources that change from one sample of memory to the next, and are cheap enough to be read
  /// again and again.
  package static let changing = SourceCatalog(
    specs([
      Meminfo.file, Vmstat.file, Zoneinfo.file, .uptime, .loadAverage, Sockstat.file,
      Slabinfo.file, Vmallocinfo.file, Allocinfo.file, .openFiles, .inodes, .directoryEntries,
    ]) + kept)

  /// What tells how many things are kept for programs that no process has.
  static let kept =
    specs([.semaphores, .messageQueues, .cgroups]) + [
      SourceSpec(CgroupFiles.root + "/cgroup.stat", secrets: .groupPath)
    ]

  /// The memory of the control groups, and the version of the kernel that tells it.
  package static let groups = SourceCatalog(cgroups + specs([.release]))

  /// The changing sources that a sample needs.
  package static let sampled = SourceCatalog(
    changing.specs + specs([ProcStatus.file, .release, .bootID, .hostname]))

  /// What metrics need beside a sample: who the machine is, its modules, and its containers.
  package static let besideMetrics = SourceCatalog(
    specs([Modules.file, .uptime, .release, .bootID, .machineID]) + cgroups + containers)

  /// What a ranking of the kernel's memory needs: three quarters of the other files tell of settings,
  /// control groups and modules' versions, and the log and kmemleak's report may be long.
  package static let ranked = SourceCatalog(
    declared { $0 != .blocking } + specs([.memoryProfiling]) + memory + slab
      + ofLoadedModules("notes/.note.gnu.build-id") + instruments
      + declared { $0 == .blocking }
  ).without([KmemleakFile.file, .chosenKernelLog])

  private func without(_ files: [KernelFile]) -> SourceCatalog {
    let paths = Set(files.map(\.path))
    return SourceCatalog(specs.filter { !paths.contains($0.pattern.text) })
  }

  /// All sources that are taken from a tree or an archive: also those that other collectors leave.
  package static let tree = SourceCatalog(live.specs + processes + elsewhere)

  /// Files below `/proc/sys/vm` that do something when they are read or tell nothing.
  ///
  /// Reading `stat_refresh` folds the counters of every processor.
  static func isExcluded(_ path: String) -> Bool {
    path.hasPrefix("proc/sys/vm/") && excluded.contains(path)
  }

  static let excluded: Set<String> = [
    "proc/sys/vm/compact_memory", "proc/sys/vm/drop_caches", "proc/sys/vm/stat_refresh",
  ]

  /// The kernel files, each read as it is declared.
  static func specs(_ files: [KernelFile]) -> [SourceSpec] { files.map { SourceSpec($0) } }

  /// All files that the running kernel prints at a path of their own, if reading them costs that.
  private static func declared(_ isWanted: (ReadingCost) -> Bool) -> [SourceSpec] {
    specs(KernelFiles.all.filter { $0.isLive && isWanted($0.cost) })
  }

  private static func files(
    in directory: String, _ names: String, cost: ReadingCost = .cheap,
    companion: String? = nil, limit: Int = 4 << 20, secrets: Secrets = .none,
    isLasting: Bool = false, isUniform: Bool = false
  ) -> [SourceSpec] {
    names.split(whereSeparator: \.isWhitespace).map {
      SourceSpec(
        "\(directory)/\($0)", cost: cost, companion: companion, limit: limit, secrets: secrets,
        isLasting: isLasting, isUniform: isUniform)
    }
  }
}

extension SourceCatalog {
  /// The state of memory by node, by size of huge page and by device.
  private static let memory: [SourceSpec] =
    files(in: "sys/devices/system/node/node*", "meminfo numastat vmstat")
    + files(
      in: "sys/devices/system/node/node*/hugepages/*",
      "nr_hugepages free_hugepages surplus_hugepages")
    + files(
      in: "sys/kernel/mm/hugepages/*",
      "nr_hugepages free_hugepages resv_hugepages surplus_hugepages nr_overcommit_hugepages")
    + files(
      in: "sys/kernel/mm/ksm",
      "run pages_shared pages_sharing pages_unshared pages_volatile full_scans")
    + files(in: "sys/kernel/mm/transparent_hugepage", "enabled defrag shmem_enabled")
    + files(in: "sys/devices/virtual/block/zram*", "mm_stat disksize")
    + files(in: "sys/bus/virtio/drivers/virtio_balloon/virtio*", "features")

  /// The machine and its settings, beside what is declared.
  private static let system: [SourceSpec] =
    files(
      in: "proc",
      "pressure/io pressure/cpu net/sockstat6 net/protocols sys/fs/inode-state")
    + files(in: "proc/sys/kernel", "ostype version tainted dmesg_restrict panic_on_oops")
    + files(in: "proc/sys/vm", "*")

  /// Memory by control group: the root and two levels below it, version 2 and version 1.
  ///
  /// systemd keeps services at the second level: `system.slice/ssh.service`.
  private static let cgroups: [SourceSpec] =
    ["", "/*", "/*/*", "/unified", "/unified/*", "/unified/*/*"].flatMap {
      files(
        in: "\(CgroupFiles.root)\($0)",
        "memory.stat memory.current memory.swap.current cgroup.stat",
        secrets: .groupPath)
    }
    + ["", "/*", "/*/*"].flatMap {
      files(
        in: "\(CgroupFiles.root)/memory\($0)",
        """
        memory.stat memory.usage_in_bytes memory.memsw.usage_in_bytes
        memory.kmem.usage_in_bytes
        """, secrets: .groupPath)
    }

  /// The buffers of TCP by control group of version 1, for whoever reads a capture: no table has them.
  private static let cgroupBuffers: [SourceSpec] =
    ["", "/*", "/*/*"].flatMap {
      files(
        in: "\(CgroupFiles.root)/memory\($0)", "memory.kmem.tcp.usage_in_bytes",
        secrets: .groupPath)
    }

  /// The groups of containers, which the kubelet keeps below two levels of its own, or three.
  ///
  /// Docker's and Podman's are at the second level, and read with all others.
  static let containers: [SourceSpec] = ["/kubepods*/*/*", "/kubepods*/*/*/*"]
    .flatMap {
      files(
        in: "\(CgroupFiles.root)\($0)", "memory.stat memory.current", secrets: .groupPath)
        + files(
          in: "\(CgroupFiles.root)/memory\($0)", "memory.stat memory.kmem.usage_in_bytes",
          secrets: .groupPath)
    }

  /// The processes of a copied tree; those of a live one are read within a budget of time.
  private static let processes: [SourceSpec] =
    files(in: "proc/[0-9]*", "stat", secrets: .processStat)
    + files(in: "proc/[0-9]*", "status", secrets: .processStatus)
    + files(in: "proc/[0-9]*", "cmdline", secrets: .commandLine)
    + files(in: "proc/[0-9]*", "smaps_rollup smaps", limit: 48 << 20, secrets: .mappings)

  /// The merged caches of SLUB, whose names are links to one cache, and who made each cache.
  private static let slab: [SourceSpec] =
    [mergedSlab]
    + files(
      in: slabDirectories, "ctor reclaim_account object_size usersize", secrets: .slabNames,
      isLasting: true, isUniform: true)
    // Since 5.14 no cache has this file.
    + files(
      in: slabDirectories, "alloc_calls", cost: .locks, limit: 16 << 20, secrets: .stacks,
      isUniform: true)

  /// Which caches are one: the directories of merged ones are links.
  static let mergedSlab = SourceSpec(slabDirectories, kind: .link, secrets: .slabNames)

  private static let slabDirectories = SlabAliases.directory + "/*"

  /// Files of the loaded modules; those built in have no `coresize`.
  static func ofLoadedModules(_ names: String) -> [SourceSpec] {
    files(in: "sys/module/*", names, companion: "coresize")
  }

  private static let modules: [SourceSpec] =
    ofLoadedModules("coresize refcnt initstate version srcversion taint notes/.note.gnu.build-id")
    + [
      SourceSpec("sys/module/*/holders/*", kind: .link),
      SourceSpec("sys/module/kmemleak/parameters/*"),
    ]

  /// The findings of the kernel's own debugging instruments.
  private static let instruments: [SourceSpec] = [
    // These exist only for caches that were told at boot to record their callers (`slab_debug=U`).
    SourceSpec(
      "\(AllocTraces.directory)/*/alloc_traces", cost: .locks, limit: 16 << 20,
      secrets: .stacks),
    SourceSpec(
      "\(AllocTraces.directory)/*/free_traces", cost: .locks,
      reasonToAsk: "the kernel walks every object of the cache to print this file",
      limit: 16 << 20, secrets: .stacks),
    SourceSpec(
      "\(slabDirectories)/free_calls", cost: .locks,
      reasonToAsk: "the kernel walks every object of the cache to print this file",
      secrets: .stacks),
  ]

  /// Where sosreport, the boot loader and kmemcheck itself leave things in a tree.
  private static let elsewhere: [SourceSpec] =
    // The handles of 6.19 say the same in two files as the stacks with their numbers do.
    [
      SourceSpec(PageOwnerStacks.handles, limit: PageOwnerStacks.file.limit, secrets: .stacks),
      SourceSpec(PageOwnerStacks.handleNames, limit: PageOwnerStacks.file.limit, secrets: .stacks),
    ]
    + specs([PageOwner.file, .installedHostname, .kernelLog])
    + files(in: "boot", "config-*") + files(in: "lib/modules/*", "config")
    + files(in: "usr/lib/modules/*", "config")
    + [SourceSpec(PageOwnerStacks.derived, limit: PageOwnerStacks.file.limit, secrets: .stacks)]
    + [ModuleFacts.path, ModuleNames.path, ProcessFacts.path, ScanFacts.path].map {
      SourceSpec($0, limit: 64 << 20, secrets: .document)
    }
    + [SourceSpec("kmemcheck/*", limit: 64 << 20, secrets: .everything)]
    + files(in: "var/log", "kern.log", limit: KernelFile.kernelLog.limit, secrets: .log)
    + files(
      in: "sos_commands/*", "*sys.kernel.slab", limit: SlabAliases.file.limit, secrets: .slabNames)
    + files(in: "sos_commands/*", "lsmod")
    + files(in: "sos_commands/*", "uname_-a", secrets: .uname)
    + files(
      in: "sos_commands/*", "dmesg dmesg_-T", limit: KernelFile.kernelLog.limit, secrets: .log)
    + files(in: "sos_commands/*", "hostname", secrets: .host)
}
