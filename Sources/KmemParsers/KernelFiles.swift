/// The list of all kernel files that kmemcheck knows.
///
/// Reading, recognising and parsing go by it. To add a kernel file is to write its parser, with its
/// declaration, and to enter it here.
package enum KernelFiles {
  /// The files of which a snapshot holds records, in the order in which they are read and parsed.
  ///
  /// Those that are compared with each other come first, next to each other.
  package static let parsed: [any ParsedFile.Type] = [
    Meminfo.self, Vmstat.self, Buddyinfo.self, Zoneinfo.self, Slabinfo.self, Vmallocinfo.self,
    Allocinfo.self, Pagetypeinfo.self, Modules.self, KernelCommandLine.self, Pressure.self,
    KernelConfig.self, Mounts.self, SlabAliases.self, PageOwnerStacks.self, Sockstat.self,
    Arcstats.self,
    // What tools print of these files; none of them is one of the kernel's.
    Slabtop.self, SlabTable.self, VmstatSums.self, Numastat.self, SmemSystem.self, Smem.self,
    Top.self, Free.self, Ps.self, ArcSummary.self, Pmap.self, SmapsText.self, DockerStats.self,
    KubectlTop.self, Xsos.self,
  ]

  /// The files of which single lines or numbers are taken, and those read by a reader of their own.
  package static let others: [KernelFile] =
    KernelFile.ofTheSystem + [
      KernelVersion.file, ElfNotes.file, ProcStatus.file, KernelConfig.packed, PageOwner.file,
      .chosenKernelLog, KmemleakFile.file, .kernelLog,
    ]

  /// All of them.
  package static let all = parsed.map { $0.file } + others
}
