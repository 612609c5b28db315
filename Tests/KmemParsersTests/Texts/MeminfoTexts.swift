/// Texts of `/proc/meminfo` as the format strings of several kernels print them, shortened.
enum MeminfoTexts {
  static let all = [v2_6, v4_4, v6_18]

  /// 2.6.18 with `CONFIG_HIGHMEM`.
  static let v2_6 = """
    MemTotal:       405176 kB
    MemFree:         12852 kB
    HighTotal:           0 kB
    LowTotal:       405176 kB
    Slab:             8216 kB
    CommitLimit:    202588 kB
    Committed_AS:    90272 kB
    VmallocTotal:   385024 kB
    HugePages_Total:     0
    HugePages_Rsvd:      0
    Hugepagesize:     4096 kB

    """

  /// 4.4: `VmallocUsed` is always zero.
  static let v4_4 = """
    MemTotal:       16384516 kB
    MemAvailable:    9384516 kB
    Active(anon):     384516 kB
    SReclaimable:      84516 kB
    KernelStack:        4516 kB
    VmallocTotal:   34359738367 kB
    VmallocUsed:           0 kB
    CmaFree:               0 kB
    HugePages_Surp:        0
    DirectMap4k:      204800 kB
    DirectMap1G:    16777216 kB

    """

  /// 6.18 on arm64 with shadow call stacks.
  static let v6_18 = """
    MemTotal:       24683624 kB
    MemFree:        21784000 kB
    Active(anon):          0 kB
    Zswapped:              0 kB
    KReclaimable:     413644 kB
    ShadowCallStack:10373888 kB
    SecPageTables:         0 kB
    Percpu:             1456 kB
    HardwareCorrupted:     0 kB
    Unaccepted:            0 kB
    Balloon:               0 kB
    HugePages_Total:       3
    Hugetlb:            6144 kB

    """
}
