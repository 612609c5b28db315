// Texts typed from the format strings of the kernel's sources; the numbers are made up.

/// As `fs/proc/task_mmu.c` of 6.18 prints it.
let smapsOf6 = """
  55a168c47000-55a168c76000 r-xp 00000000 fe:00 1234                       /usr/bin/a b (deleted)
  Size:                188 kB
  KernelPageSize:        4 kB
  MMUPageSize:           4 kB
  Rss:                 100 kB
  Pss:                  30 kB
  Pss_Dirty:             0 kB
  Shared_Clean:         80 kB
  Shared_Dirty:          0 kB
  Private_Clean:        20 kB
  Private_Dirty:         0 kB
  Referenced:          100 kB
  Anonymous:             0 kB
  KSM:                   0 kB
  LazyFree:              0 kB
  AnonHugePages:         0 kB
  ShmemPmdMapped:        0 kB
  FilePmdMapped:         0 kB
  Shared_Hugetlb:        0 kB
  Private_Hugetlb:       0 kB
  Swap:                  0 kB
  SwapPss:               0 kB
  Locked:                0 kB
  THPeligible:           0
  VmFlags: rd ex mr mw me\u{20}
  7fe22df2e000-7fe22dfaf000 rw-p 00000000 00:00 0\u{20}
  Size:                516 kB
  Rss:                 516 kB
  Pss:                 516 kB
  Private_Clean:         0 kB
  Private_Dirty:       516 kB
  Swap:                 12 kB
  NewLine:               7 kB
  ProtectionKey:         0
  VmFlags:
  ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
  Size:                  4 kB
  Rss:                   0 kB

  """

/// As 2.6.32 prints it: without Anonymous, VmFlags and much else.
let smapsOf2 = """
  00400000-0040b000 r-xp 00000000 08:01 42         /bin/cat
  Size:                 44 kB
  Rss:                  40 kB
  Pss:                  20 kB
  Shared_Clean:         40 kB
  Shared_Dirty:          0 kB
  Private_Clean:         0 kB
  Private_Dirty:         0 kB
  Referenced:           40 kB
  Swap:                  0 kB
  KernelPageSize:        4 kB
  MMUPageSize:           4 kB

  """

/// As `show_smaps_rollup` of 6.1 prints it.
let rollupOf6 = """
  560dd8fa6000-7ffcd5efc000 ---p 00000000 00:00 0                          [rollup]
  Rss:                1708 kB
  Pss:                 242 kB
  Pss_Dirty:           116 kB
  Pss_Anon:            116 kB
  Pss_File:            126 kB
  Pss_Shmem:             0 kB
  Shared_Clean:       1556 kB
  Shared_Dirty:          0 kB
  Private_Clean:        36 kB
  Private_Dirty:       116 kB
  Swap:                  0 kB
  Locked:                0 kB

  """

/// As `do_task_stat` prints it, for a command with blanks and parentheses in its name.
let statOfProcess = """
  17158 (a) S (b) S 17146 17146 12178 0 -1 4194304 97 5 3 0 0 0 0 0 20 0 7 0 2323693 3133440 347 \
  18446744073709551615 93835103920128 93835103940009 140721389898640 0 0 0 0 0 0 0 0 0 17 0 0 0 0 \
  0 0 93835103956016 93835103957632 93835858984960 140721389902545 140721389902565 \
  140721389902565 140721389903851 0

  """

/// As `mm/memcontrol.c` of 6.1 prints it, shortened.
let memoryStatOf2 = """
  anon 1048576
  file 2097152
  kernel 524288
  kernel_stack 16384
  slab_reclaimable 131072
  slab_unreclaimable 65536
  slab 196608
  workingset_refault_anon 0
  pgfault 18446744073709551615

  """
