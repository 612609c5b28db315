extension Meminfo {
  /// A line that the kernel prints in `/proc/meminfo`, as `fs/proc/meminfo.c` has it.
  package struct KnownLine: Hashable, Sendable {
    /// The name before the colon.
    package let name: String
    /// The first release that prints it.
    package let since: Release
    /// Which kernels print it.
    package let printed: Condition
  }

  /// A release by its numbers, so that two can be compared.
  package struct Release: Hashable, Sendable, Comparable {
    /// The first, the second and the third number of the release.
    package let numbers: [Int]

    init(_ numbers: Int...) { self.numbers = numbers }

    /// The numbers of a release of which more is known.
    package init(_ version: KernelVersion) {
      numbers = [version.major, version.minor, version.patch]
    }

    package static func < (left: Self, right: Self) -> Bool {
      left.numbers.lexicographicallyPrecedes(right.numbers)
    }
  }

  /// Which kernels print a line, from its first release on.
  package enum Condition: Hashable, Sendable {
    /// Every kernel.
    case always
    /// Those built with an option; lines of one option stand there together or not at all.
    case option(Option)
    /// Some kernels, by options or machines that no other line tells.
    case sometimes
    /// Kernels for x86 (`arch/x86/mm/pat/set_memory.c`).
    case x86
  }

  /// An option of the kernel's configuration that prints several lines.
  package enum Option: Hashable, Sendable {
    case highMemory, zswap, hugePagesOfPrograms, contiguous, hugePages, gpu
  }
}

extension Meminfo {
  /// The lines in the kernel's order.
  ///
  /// Before 2.6.18 PageTables stood behind Committed_AS.
  package static let knownLines: [KnownLine] =
    lines(["MemTotal", "MemFree"]) + lines(["MemAvailable"], Release(3, 14))
    + lines(["Buffers", "Cached", "SwapCached", "Active", "Inactive"])
    + lines(
      ["Active(anon)", "Inactive(anon)", "Active(file)", "Inactive(file)"], Release(2, 6, 28))
    // An option from 2.6.28 to 2.6.31.
    + lines(["Unevictable", "Mlocked"], .sometimes, Release(2, 6, 28))
    + lines(["HighTotal", "HighFree", "LowTotal", "LowFree"], .option(.highMemory))
    + lines(["MmapCopy"], .sometimes)
    + lines(["SwapTotal", "SwapFree"]) + lines(["Zswap", "Zswapped"], .option(.zswap))
    + lines(["Dirty", "Writeback"]) + lines(["AnonPages"], Release(2, 6, 18)) + lines(["Mapped"])
    + lines(["Shmem"], Release(2, 6, 32)) + lines(["KReclaimable"], Release(4, 20))
    + lines(["Slab"]) + lines(["SReclaimable", "SUnreclaim"], Release(2, 6, 19))
    + lines(["KernelStack"], Release(2, 6, 32)) + lines(["ShadowCallStack"], .sometimes)
    + lines(["PageTables"]) + lines(["Quicklists"], .sometimes)
    + lines(["SecPageTables"], Release(6, 1))
    + lines(["NFS_Unstable", "Bounce", "WritebackTmp", "CommitLimit"], .sometimes)
    + lines(["Committed_AS", "VmallocTotal", "VmallocUsed", "VmallocChunk"])
    + lines(["Percpu"], Release(4, 19))
    + lines(["EarlyMemtestBad", "HardwareCorrupted"], .sometimes)
    + lines(["AnonHugePages"], .option(.hugePagesOfPrograms), Release(2, 6, 38))
    + lines(["ShmemHugePages", "ShmemPmdMapped"], .option(.hugePagesOfPrograms), Release(4, 8))
    + lines(["FileHugePages", "FilePmdMapped"], .option(.hugePagesOfPrograms), Release(5, 4))
    + lines(["CmaTotal", "CmaFree"], .option(.contiguous), Release(3, 19))
    + lines(["Unaccepted"], .sometimes) + lines(["Balloon"], Release(6, 16))
    + lines(["GPUActive", "GPUReclaim"], .option(.gpu), Release(7, 1))
    + lines(["HugePages_Total", "HugePages_Free"], .option(.hugePages))
    + lines(["HugePages_Rsvd"], .option(.hugePages), Release(2, 6, 18))
    + lines(["HugePages_Surp"], .option(.hugePages), Release(2, 6, 24))
    + lines(["Hugepagesize"], .option(.hugePages))
    // Releases before this one have it or not, by what was ported back to them.
    + lines(["Hugetlb"], .option(.hugePages), Release(4, 20))
    + lines(["DirectMap4k"], .x86, Release(2, 6, 28))

  private static func lines(_ names: [String], _ since: Release) -> [KnownLine] {
    lines(names, .always, since)
  }

  private static func lines(
    _ names: [String], _ condition: Condition = .always, _ since: Release = Release(2, 6)
  ) -> [KnownLine] {
    names.map { KnownLine(name: $0, since: since, printed: condition) }
  }

  /// Whether the kernel is one for x86-64, by the size of its vmalloc space: 32 TiB, or 12.5 PiB with
  /// page tables of five levels.
  package var isX8664: Bool {
    [34_359_738_367, 13_743_895_347_199].contains(self["VmallocTotal"]?.value)
  }
}
