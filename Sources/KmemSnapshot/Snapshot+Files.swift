package import KmemParsers

extension Snapshot {
  /// The records of a kernel file, or the reason why there are none.
  package subscript<File: ParsedFile>(_ type: File.Type) -> Reading<File> { files[type] }

  /// Whether not one of the files that tell of memory by themselves could be parsed.
  package var isEmpty: Bool {
    slabAliases.value == nil && outOfMemory == nil && pageOwner.value == nil
      && KernelFiles.parsed.allSatisfy {
        $0.file.title == nil || files.missing.contains($0.file.path)
      }
  }

  /// `/proc/meminfo`, or the sums of what the nodes have.
  package var meminfo: Reading<Meminfo> { self[Meminfo.self] }
  /// `/proc/vmstat`.
  package var vmstat: Reading<Vmstat> { self[Vmstat.self] }
  /// `/proc/buddyinfo`.
  package var buddyinfo: Reading<Buddyinfo> { self[Buddyinfo.self] }
  /// `/proc/zoneinfo`.
  package var zoneinfo: Reading<Zoneinfo> { self[Zoneinfo.self] }
  /// `/proc/slabinfo`.
  package var slabinfo: Reading<Slabinfo> { self[Slabinfo.self] }
  /// `/proc/pagetypeinfo`.
  package var pagetypeinfo: Reading<Pagetypeinfo> { self[Pagetypeinfo.self] }
  /// `/proc/vmallocinfo`.
  package var vmallocinfo: Reading<Vmallocinfo> { self[Vmallocinfo.self] }
  /// `/proc/allocinfo`.
  package var allocinfo: Reading<Allocinfo> { self[Allocinfo.self] }
  /// `/proc/modules`.
  package var modules: Reading<Modules> { self[Modules.self] }
  /// The configuration that the kernel was built with.
  package var config: Reading<KernelConfig> { self[KernelConfig.self] }
  /// `/proc/cmdline`.
  package var commandLine: Reading<KernelCommandLine> { self[KernelCommandLine.self] }
  /// `/proc/pressure/memory`.
  package var memoryPressure: Reading<Pressure> { self[Pressure.self] }
  /// The sets of merged slab caches.
  package var slabAliases: Reading<SlabAliases> { self[SlabAliases.self] }
  /// `/proc/spl/kstat/zfs/arcstats`; only where ZFS is loaded.
  package var arcstats: Reading<Arcstats> { self[Arcstats.self] }
  /// `/proc/mounts`.
  package var mounts: Reading<Mounts> { self[Mounts.self] }
  /// The stacks that hold pages; only with `page_owner=on`.
  package var pageOwner: Reading<PageOwnerStacks> { self[PageOwnerStacks.self] }
}
