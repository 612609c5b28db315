/// The sources to read, in this order: those that belong to one moment first, slow or large ones
/// last.
package struct SourceCatalog: Sendable {
  package var specs: [SourceSpec]

  package init(_ specs: [SourceSpec]) { self.specs = specs }

  /// All sources that are read on a live machine.
  package static let live = SourceCatalog(
    memory + system + cgroups + slab + modules + instruments)

  /// The sources that change from one sample of memory to the next, and are cheap enough to be read
  /// again and again.
  package static let changing = SourceCatalog(
    files(in: "proc", "meminfo vmstat zoneinfo uptime loadavg net/sockstat")
      + files(in: "proc", "slabinfo vmallocinfo allocinfo", cost: .locks)
      + files(in: "proc/sys/fs", "file-nr inode-nr dentry-state"))

  /// The memory of the control groups, and the version of the kernel that tells it.
  package static let groups = SourceCatalog(
    cgroups + files(in: "proc/sys/kernel", "osrelease"))

  /// The changing sources that a sample needs.
  package static let sampled = SourceCatalog(
    changing.specs + files(in: "proc", "self/status")
      + files(in: "proc/sys/kernel", "osrelease random/boot_id hostname"))

  /// All sources that are taken from a tree or an archive: also those that other collectors leave.
  package static let tree = SourceCatalog(live.specs + processes + elsewhere)

  /// Files below `/proc/sys/vm` that do something when they are read or tell nothing.
  ///
  /// Reading `stat_refresh` folds the counters of every processor.
  static let excluded: Set<String> = [
    "proc/sys/vm/compact_memory", "proc/sys/vm/drop_caches", "proc/sys/vm/stat_refresh",
  ]

  private static func files(
    in directory: String, _ names: String, cost: SourceSpec.Cost = .cheap,
    companion: String? = nil
  ) -> [SourceSpec] {
    names.split(whereSeparator: \.isWhitespace)
      .map { SourceSpec("\(directory)/\($0)", cost: cost, companion: companion) }
  }
}

extension SourceCatalog {
  /// The state of memory; the files that are compared with each other are read next to each other.
  private static let memory: [SourceSpec] =
    files(in: "proc", "meminfo vmstat buddyinfo zoneinfo")
    + [
      SourceSpec("proc/slabinfo", cost: .locks), SourceSpec("proc/vmallocinfo", cost: .locks),
      SourceSpec("proc/allocinfo", cost: .locks),
      SourceSpec(
        "proc/pagetypeinfo", cost: .locks,
        reasonToAsk: "the kernel holds the zone lock while it prints this file"),
    ]
    + files(in: "sys/devices/system/node/node*", "meminfo numastat vmstat")
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

  /// The machine and its settings, and the counts of kernel objects held for user space.
  private static let system: [SourceSpec] =
    files(
      in: "proc",
      """
      modules cmdline version uptime stat loadavg mounts swaps cgroups pressure/memory pressure/io
      pressure/cpu self/status sysvipc/shm net/sockstat net/sockstat6 net/protocols config.gz
      """)
    + files(in: "proc/sys/fs", "file-nr inode-nr inode-state dentry-state")
    + files(
      in: "proc/sys/kernel",
      """
      osrelease ostype version hostname tainted kptr_restrict dmesg_restrict random/boot_id
      panic_on_oops
      """)
    + files(in: "proc/sys/vm", "*")
    + files(in: "sys/kernel/security", "lockdown")
    + files(in: "etc", "machine-id")

  /// Memory by control group: the root and two levels below it, version 2 and version 1.
  ///
  /// systemd keeps services at the second level: `system.slice/ssh.service`.
  private static let cgroups: [SourceSpec] =
    ["", "/*", "/*/*", "/unified", "/unified/*", "/unified/*/*"].flatMap {
      files(
        in: "sys/fs/cgroup\($0)", "memory.stat memory.current memory.swap.current cgroup.stat")
    }
    + ["", "/*", "/*/*"].flatMap {
      files(
        in: "sys/fs/cgroup/memory\($0)",
        """
        memory.stat memory.usage_in_bytes memory.memsw.usage_in_bytes
        memory.kmem.usage_in_bytes memory.kmem.tcp.usage_in_bytes
        """)
    }

  /// The processes of a copied tree; those of a live one are read within a budget of time.
  private static let processes: [SourceSpec] = files(
    in: "proc/[0-9]*", "stat status cmdline smaps_rollup smaps")

  /// The merged caches of SLUB, whose names are links to one cache, and who made each cache.
  private static let slab: [SourceSpec] =
    [SourceSpec("sys/kernel/slab/*", kind: .link)]
    + files(in: "sys/kernel/slab/*", "ctor reclaim_account object_size usersize")
    + files(in: "sys/kernel/slab/*", "alloc_calls", cost: .locks)

  /// The loaded modules; those built in have no `coresize`.
  private static let modules: [SourceSpec] =
    files(
      in: "sys/module/*",
      "coresize refcnt initstate version srcversion taint notes/.note.gnu.build-id",
      companion: "coresize")
    + [
      SourceSpec("sys/module/*/holders/*", kind: .link),
      SourceSpec("sys/module/kmemleak/parameters/*"), SourceSpec("sys/kernel/notes"),
    ]

  /// The findings of the kernel's own debugging instruments.
  private static let instruments: [SourceSpec] = [
    SourceSpec(kernelLogPath),
    SourceSpec("sys/kernel/debug/kmemleak", cost: .blocking, limit: 1 << 30),
    // These exist only for caches that were told at boot to record their callers (`slab_debug=U`).
    SourceSpec("sys/kernel/debug/slab/*/alloc_traces", cost: .locks, limit: 16 << 20),
    SourceSpec(
      "sys/kernel/debug/slab/*/free_traces", cost: .locks,
      reasonToAsk: "the kernel walks every object of the cache to print this file",
      limit: 16 << 20),
    SourceSpec(
      "sys/kernel/slab/*/free_calls", cost: .locks,
      reasonToAsk: "the kernel walks every object of the cache to print this file"),
    // The stacks with their numbers; the handles of 6.19 say the same in two files.
    SourceSpec("sys/kernel/debug/page_owner_stacks/show_stacks", cost: .blocking),
  ]

  /// Where sosreport, the boot loader and kmemcheck itself leave things in a tree.
  private static let elsewhere: [SourceSpec] =
    files(in: "sys/kernel/debug/page_owner_stacks", "show_handles show_stacks_handles")
    + files(in: "sys/kernel/debug", "page_owner")
    + files(in: "boot", "config-*") + files(in: "lib/modules/*", "config")
    + files(in: "usr/lib/modules/*", "config")
    + files(in: "etc", "hostname")
    + files(in: "kmemcheck", "*")
    + files(in: "var/log", "dmesg kern.log")
    + files(in: "sos_commands/*", "*sys.kernel.slab uname_-a dmesg dmesg_-T hostname lsmod")

  /// Where the chosen lines of the kernel's log lie in a capture.
  ///
  /// On the running machine they are taken from `/dev/kmsg`.
  package static let kernelLogPath = "var/log/kmemcheck-kernel.log"

  /// Where a listing of `/sys/kernel/slab` lies in a capture; sosreport changed its spelling.
  package static let slabListingPath = "sos_commands/kernel/ls_-lt_.sys.kernel.slab"
}
