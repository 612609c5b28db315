// Texts typed from the format strings of the kernel's sources; the numbers are made up.

let slabHeader = """
  slabinfo - version: 2.1
  # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables \
  <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>

  """

/// As `mm/slab_common.c` of 6.x prints it for SLUB.
let slabinfoOfSlub =
  slabHeader + """
    ext4_inode_cache   28020  28080   1176   27    8 : tunables    0    0    0 : slabdata   1040   1040      0
    kmalloc-rnd-01-8k     12     12   8192    4    8 : tunables    0    0    0 : slabdata      3      3      0
    kmalloc-64         65344  65344     64   64    1 : tunables    0    0    0 : slabdata   1021   1021      0

    """

/// As `mm/slab.c` of 2.6.18 prints it, with the four tabs that a broken string in it leaves.
let slabinfoOfSlabWithStatistics = """
  slabinfo - version: 2.1 (statistics)
  # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail> : globalstat <listallocs> <maxobjs> <grown> <reaped> <error> <maxfreeable> <nodeallocs> <remotefrees> <alienoverflow> : cpustat <allochit> <allocmiss> <freehit> <freemiss>
  fib6_nodes             5     59     64   59    1 : tunables  120   60    8 : slabdata      1      1      0 : globalstat      32     32     2    1 \t\t\t\t   0    0    0    5    7 : cpustat      8      2      0      3
  size-64(DMA)           0      0     64   59    1 : tunables  120   60    8 : slabdata      0      0      0 : globalstat       0      0     0    0 \t\t\t\t   0    0    0    0    0 : cpustat      0      0      0      0

  """

/// As `s_show` in `mm/vmalloc.c` of 6.x prints it.
let vmallocinfoOf6 = """
  0xffffa3f3c0000000-0xffffa3f3c0005000   20480 irq_init_percpu_irqstack+0x114/0x1b0 vmap
  0xffffa3f3c0005000-0xffffa3f3c0007000    8192 acpi_os_map_iomem+0x1ac/0x1c0 phys=0x000000007ffe0000 ioremap
  0xffffa3f3c0008000-0xffffa3f3c000d000   20480 load_module+0x5e7/0x8c0 [ext4] pages=4 vmalloc vpages N0=3 N1=1
  0xffffa3f3c0010000-0xffffa3f3c0020000   65536 vm_map_ram
  0xffffa3f3c0020000-0xffffa3f3c0024000   16384 unpurged vm_area

  """

/// As `lib/alloc_tag.c` of 6.18 prints it.
let allocinfo2 = """
  allocinfo - version: 2.0
  #     <size>  <calls> <tag info>
          4096        1 mm/slub.c:3075 func:alloc_slab_page\u{20}
         -4096 18446744073709551615 mm/filemap.c:3788 func:do_read_cache_folio accurate:no\u{20}
            32        1 fs/xfs/xfs_mount.c:87 [xfs] func:xfs_uuid_mount\u{20}

  """

/// As `m_show` in `kernel/module/procfs.c` prints it.
let modulesOf6 = """
  ext4 1003520 2 - Live 0xffffffffc0f21000
  jbd2 200704 1 ext4, Live 0xffffffffc0e10000
  nvidia 56569856 23 nvidia_uvm,nvidia_modeset, Live 0x0000000000000000 (POE)
  ipv6 655360 40 [permanent], Live 0x0000000000000000

  """

/// As `scripts/kconfig/confdata.c` writes it.
let configOf6 = """
  #
  # Automatically generated file; DO NOT EDIT.
  # Linux/x86 6.1.55 Kernel Configuration
  #
  CONFIG_CC_VERSION_TEXT="gcc-12 (Debian 12.2.0-14) 12.2.0"
  CONFIG_SLUB=y
  # CONFIG_SLAB is not set
  CONFIG_EXT4_FS=m
  CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE=16000
  CONFIG_PHYSICAL_START=0x1000000

  """

let slabListing = """
  /sys/kernel/slab:
  total 0
  drwxr-xr-x 2 root root 0 Nov  1 10:00 :A-0000192
  drwxr-xr-x 2 root root 0 Nov  1 10:00 ext4_inode_cache
  lrwxrwxrwx 1 root root 0 Nov  1 10:00 kmalloc-192 -> :A-0000192
  lrwxrwxrwx 1 root root 0 Nov  1  2023 cred_jar -> :A-0000192
  lrwxrwxrwx 1 root root 0 Nov  1 10:00 PGDIR cache -> :0004096

  """

let mountsOfHost = """
  rootfs / rootfs rw 0 0
  debugfs /sys/kernel/debug debugfs rw,nosuid,relatime,mode=700 0 0
  /dev/sdb1 /media/my\\040disk\\134x vfat rw,uid=1000 0 0

  """

let sockstatOf6 = """
  sockets: used 290
  TCP: inuse 5 orphan 0 tw 2 alloc 7 mem 1
  UDP: inuse 3 mem 0

  """

let statusOf6 = """
  Name:\tkmemcheck
  State:\tR (running)
  Uid:\t1000\t0\t0\t0
  CapEff:\t000001ffffffffff

  """
