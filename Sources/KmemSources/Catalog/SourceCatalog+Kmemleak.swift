internal import KmemParsers

extension SourceCatalog {
  /// What tells which machine and which boot it is.
  private static let identity: [KernelFile] = [.release, .hostname, .bootID, .machineID]

  /// Where modules lie, of which build they are, and when.
  package static let modulePlaces = SourceCatalog(
    specs([Modules.file, .uptime]) + ofLoadedModules("notes/.note.gnu.build-id srcversion"))

  /// What a reader of a kmemleak report needs besides: the machine, the time, the modules, CONFIG_HZ.
  package static let besideLeaks = SourceCatalog(
    specs([.stat, KernelVersion.file, KernelConfig.packed] + identity + [ElfNotes.file])
      + modulePlaces.specs)

  /// What tells whether kmemleak can be used, its report excepted, of which one byte is enough.
  package static let kmemleakState = SourceCatalog(
    besideLeaks.specs
      + specs([Meminfo.file, KernelCommandLine.file, Mounts.file, ProcStatus.file, .lockdown])
      + [SourceSpec("sys/module/kmemleak/parameters/*"), SourceSpec(.chosenKernelLog)]
      + [SourceSpec(KmemleakFile.file, limit: 1)])

  /// kmemleak's report alone.
  package static let leaks = SourceCatalog(specs([KmemleakFile.file]))

  /// Everything but kmemleak's report, which may be larger than all the rest.
  package static let withoutLeaks = SourceCatalog(
    live.specs.filter { $0.pattern.text != KmemleakFile.path })
}

extension SourceCatalog {
  /// The amounts that are compared after runs of a command, and what user space makes the kernel
  /// hold.
  package static let changingAmounts = SourceCatalog(
    specs([
      Meminfo.file, Vmstat.file, Zoneinfo.file, Slabinfo.file, Vmallocinfo.file, Allocinfo.file,
      .uptime, .release, .bootID, .loadAverage, .openFiles, .inodes, Sockstat.file, Mounts.file,
      .ipv4Routes, .ipv6Routes, .trackedConnections,
    ]) + kept)

  /// The same, with which slab caches are merged, and which are reclaimable.
  package static let amounts = SourceCatalog(
    changingAmounts.specs + [mergedSlab, SourceSpec(SlabAliases.directory + "/*/reclaim_account")])

  /// What is needed beside processes and control groups: the machine, the moment, its memory.
  package static let besideProcesses = SourceCatalog(
    specs([Meminfo.file, .uptime, .stat] + identity))
}
