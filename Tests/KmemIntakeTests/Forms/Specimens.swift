/// The texts whose forms are tried.
enum Specimens {
  /// Two objects as a kernel of 6.6 prints them.
  static let leaks = """
    unreferenced object 0xffff888103a4f300 (size 128):
      comm "insmod", pid 493, jiffies 4294941102 (age 38.540s)
      hex dump (first 32 bytes):
        3e 20 7c 20 6b 42 3a 20 00 00 00 00 00 00 00 00  > | kB: ........
        00 f3 a4 03 81 88 ff ff 26 6c 74 3b 00 00 00 00  ........&lt;....
      backtrace:
        [<00000000a5423c94>] __kmalloc+0x1c/0x68
        [<000000002e15f43c>] spi_map_buf+0xf4/0x128
        [<00000000c1d0b7e2>] spidev_probe+0x2c/0x110 [spidev]
        [<000000004f2a77b1>] do_one_initcall+0x5b/0x2b0
    unreferenced object 0xffff888104b11a40 (size 64):
      comm "Web Content", pid 2210, jiffies 4294957310 (age 22.332s)
      hex dump (first 32 bytes):
        12 34 56 78 00 00 00 00 00 00 00 00 00 00 00 00  .4Vx............
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
      backtrace:
        [<00000000a5423c94>] __kmalloc+0x1c/0x68
        [<00000000913ce001>] foo_open.constprop.0+0x12-0x40

    """.replacing("0x12-0x40", with: "0x12/0x40")

  /// A meminfo of 6.8 with all kinds of lines.
  static let meminfo = """
    MemTotal:       16309948 kB
    MemFree:          421064 kB
    MemAvailable:    3910304 kB
    Buffers:          155680 kB
    Cached:          3420708 kB
    SwapCached:           12 kB
    Active:          5214820 kB
    Inactive:        2211016 kB
    Active(anon):    3801248 kB
    Inactive(anon):   120044 kB
    Active(file):    1413572 kB
    Inactive(file):  2090972 kB
    Unevictable:       48276 kB
    Mlocked:              48 kB
    SwapTotal:       2097148 kB
    SwapFree:        2096380 kB
    Zswap:                 0 kB
    Zswapped:              0 kB
    Dirty:               868 kB
    Writeback:             0 kB
    AnonPages:       3849612 kB
    Mapped:           712340 kB
    Shmem:             71676 kB
    KReclaimable:     318376 kB
    Slab:            7123660 kB
    SReclaimable:     318376 kB
    SUnreclaim:      6805284 kB
    KernelStack:       16576 kB
    PageTables:        57072 kB
    SecPageTables:         0 kB
    NFS_Unstable:          0 kB
    Bounce:                0 kB
    WritebackTmp:          0 kB
    CommitLimit:    10252120 kB
    Committed_AS:    9490112 kB
    VmallocTotal:   34359738367 kB
    VmallocUsed:       54776 kB
    VmallocChunk:          0 kB
    Percpu:            11232 kB
    HardwareCorrupted:     0 kB
    AnonHugePages:   1056768 kB
    ShmemHugePages:        0 kB
    ShmemPmdMapped:        0 kB
    FileHugePages:         0 kB
    FilePmdMapped:         0 kB
    CmaTotal:              0 kB
    CmaFree:               0 kB
    Unaccepted:            0 kB
    HugePages_Total:       2
    HugePages_Free:        1
    HugePages_Rsvd:        0
    HugePages_Surp:        0
    Hugepagesize:       2048 kB
    Hugetlb:            4096 kB
    DirectMap4k:      276416 kB
    DirectMap2M:    11157504 kB
    DirectMap1G:     5242880 kB

    """
}
