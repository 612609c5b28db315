/// Texts of tools that list the memory of processes, containers and machines.

/// `pmap -x`, with its sums.
let pmapOf4 = """
  4711:   /usr/bin/server --web
  Address           Kbytes     RSS   Dirty Mode  Mapping
  0000000000400000   14560    7944       0 r-x-- server
  0000000001238000   18212   10768       0 r---- server
  000000c000000000 2779520 1599484 1599484 rw---   [ anon ]
  00007fa453c6f000       4       0       0 -----   [ anon ]
  ---------------- ------- ------- -------
  total kB         2812296 1618196 1599484

  """

/// Two mappings, with the command above them.
let smapsPasted = """
  $ cat /proc/4711/smaps
  00400000-0040b000 r-xp 00000000 08:01 42                                 /usr/bin/server
  Size:                 44 kB
  Rss:                  40 kB
  Pss:                  20 kB
  Private_Clean:         0 kB
  Private_Dirty:         0 kB
  Swap:                  0 kB
  02416000-028c8000 rw-p 00000000 00:00 0                                  [heap]
  Size:               4808 kB
  Rss:                4732 kB
  Pss:                4732 kB
  Private_Clean:         0 kB
  Private_Dirty:      4732 kB
  Swap:                  8 kB

  """

/// Docker 20.
let dockerStatsOf20 = """
  CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT     MEM %     NET I/O       BLOCK I/O     PIDS
  5818fcc14d19   web       0.22%     120.5MiB / 7.6GiB     1.55%     2.3kB / 648B  29MB / 0B     12
  8644ec23750c   db        1.10%     1.25GiB / 7.6GiB      16.4%     1.6kB / 648B  11MB / 0B     31

  """

/// `kubectl top pods -A`.
let kubectlTopOf1 = """
  NAMESPACE   NAME                  CPU(cores)   MEMORY(bytes)
  prod        web-7d4b9c6f5-x2k8p   12m          512Mi
  prod        db-0                  150m         2Gi

  """

/// xsos 0.7, the part on memory.
let xsosOf0 = """
  MEMORY
    RAM:
      31.5 GiB total ram
      31.1 GiB (99%) used
      24.3 GiB (77%) used excluding Buffers/Cached
      0.15 GiB (0%) dirty

  """
