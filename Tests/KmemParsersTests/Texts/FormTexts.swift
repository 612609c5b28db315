/// What `slabtop -o` prints, cut to four rows.
let slabtopOf4 = """
   Active / Total Objects (% used)    : 2385810 / 2408310 (99.1%)
   Active / Total Slabs (% used)      : 61270 / 61270 (100.0%)
   Active / Total Caches (% used)     : 125 / 235 (53.2%)
   Active / Total Size (% used)       : 770000.48K / 780000.56K (98.7%)
   Minimum / Average / Maximum Object : 0.01K / 0.25K / 50.28K

    OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME                   
  472066 471847  99%    1.10K  33719       14    539504K ext4_inode_cache       
  777084 777084 100%    0.19K  37004       21    148016K dentry                 
  632970 557806  88%    0.10K  16230       39     64920K buffer_head            
     128    128 100%    0.50K      8       16        64K my cache               

  """

/// The same moment in bytes and KiB, as `free` prints it.
let freeOf4 = """
                 total        used        free      shared  buff/cache   available
  Mem:        24683656     1302844    19140264        8952     4564040    23380812
  Swap:        2097148        1024     2096124

  """

/// What procps up to 3.3.9 prints.
let freeOf3 = """
               total       used       free     shared    buffers     cached
  Mem:         64401      57458       6943          0      32229        338
  -/+ buffers/cache:      24889      39511
  Swap:         7628        276       7352

  """

let vmstatSumsOf4 = """
       24683656 K total memory
        1302728 K used memory
        1049984 K active memory
        3323668 K inactive memory
       19140264 K free memory
          49964 K buffer memory
        4514192 K swap cache
        2097148 K total swap
           1024 K used swap
        2096124 K free swap
        3413315 non-nice user cpu ticks
       29421465 K paged in
              0 pages swapped in
     1795722159 boot time
         538282 forks

  """

let numastatOf2 = """

  Per-node system memory usage (in MBs):
  Token SecPageTables not in hash table.
                            Node 0          Node 1           Total
                   --------------- --------------- ---------------
  MemTotal                64044.01        64507.86       128551.86
  MemFree                  1977.40        13823.72        15801.12
  Active(anon)            29046.83        23446.23        52493.06
  SUnreclaim                 60.86           70.10          130.96
  HugePages_Total          2048.00            0.00         2048.00
  HugePages_Free           1024.00            0.00         1024.00

  """

let smemSystemOf1 = """
  Area                           Used      Cache   Noncache 
  firmware/hardware                 0          0          0 
  kernel image                      0          0          0 
  kernel dynamic memory       4376860    4195800     181060 
  userspace memory            1164680     369876     794804 
  free memory                19142116   19142116          0 

  """

let smemOf1 = """
    PID User     Command                         Swap      USS      PSS      RSS 
      1 root     /sbin/init splash                  0     4416     5100    13728 
  17584 root     qemu-system-x86_64 -M q35 -        0   501556   503414   507184 
  -------------------------------------------------------------------------------
      2 1                                           0   505972   508514   520912 

  """

let topOf4 = """
  top - 02:41:22 up  6:58,  0 user,  load average: 5.70, 2.91, 2.14
  Tasks: 106 total,   6 running, 100 sleeping,   0 stopped,   0 zombie
  %Cpu(s): 25.0 us, 25.0 sy, 50.0 ni,  0.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st 
  MiB Mem :  24105.1 total,  18691.7 free,   1271.6 used,   4457.8 buff/cache     
  MiB Swap:      0.0 total,      0.0 free,      0.0 used.  22833.5 avail Mem 

      PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
    17584 root      30  10 2496624   1.2g 123176 S 100.0   2.1   1:09.61 qemu-syst+
    18533 root      20   0  352300 202168 128308 R  23.5   0.8   0:07.98 swift-fro+

  """

let psOfAll = """
  USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
  root         1  0.0  0.0  41368 13728 ?        Ss   Nov26   0:11 /sbin/init splash
  root         2  0.0  0.0      0     0 ?        S    Nov26   0:00 [kthreadd]
  mysql     1187  1.5 12.0 9241368 4194304 ?     Ssl  Nov26   9:11 /usr/sbin/mysqld --port 3306

  """

/// What page_owner_sort of 5.18 makes of page_owner.
let pageOwnerSorted = """
  699487 times, 699487 pages:
  Page allocated via order 0, mask 0x280da(GFP_HIGHUSER|__GFP_ZERO)
   __alloc_pages_nodemask+0x1de/0xb00
   driver_dma_populate+0x502/0x900 [drv]

  3 times, 12 pages:
  Page allocated via order 2, mask 0x400dc0(GFP_KERNEL)
   __alloc_pages+0x1de/0xb00
   new_slab+0x52/0x90

  """
