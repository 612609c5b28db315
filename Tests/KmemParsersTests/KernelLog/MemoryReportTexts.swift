/// Reports as kernels of several eras print them, typed for the tests.
enum MemoryReportText {
  /// 6.1: the OOM killer, of the whole machine.
  static let modern = """
    [  120.100000] stress invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), \
    order=0, oom_score_adj=0
    [  120.100010] CPU: 1 PID: 310 Comm: stress Not tainted 6.1.90-lab #3
    [  120.100100] Mem-Info:
    [  120.100110] active_anon:40 inactive_anon:90000 isolated_anon:0
    [  120.100110]  active_file:11 inactive_file:12 isolated_file:0
    [  120.100110]  unevictable:0 dirty:0 writeback:0
    [  120.100110]  slab_reclaimable:900 slab_unreclaimable:2500
    [  120.100110]  mapped:7 shmem:40 pagetables:300
    [  120.100110]  sec_pagetables:0 bounce:0
    [  120.100110]  kernel_misc_reclaimable:0
    [  120.100110]  free:1200 free_pcp:20 free_cma:0
    [  120.100120] Node 0 active_anon:160kB inactive_anon:360000kB shmem:160kB kernel_stack:1024kB \
    pagetables:1200kB all_unreclaimable? yes
    [  120.100130] Node 0 DMA32 free:4800kB boost:0kB min:5000kB low:6250kB high:7500kB \
    reserved_highatomic:0KB active_anon:160kB present:410000kB managed:400000kB mlocked:0kB \
    free_pcp:80kB local_pcp:0kB free_cma:0kB
    [  120.100140] lowmem_reserve[]: 0 0 0 0 0
    [  120.100150] Node 0 DMA32: 600*4kB (UME) 200*8kB (UM) 50*16kB (U) 0*32kB 0*64kB = 4800kB
    [  120.100160] Node 0 hugepages_total=4 hugepages_free=3 hugepages_surp=0 hugepages_size=2048kB
    [  120.100170] 63 total pagecache pages
    [  120.100171] 0 pages in swap cache
    [  120.100172] Free swap  = 0kB
    [  120.100173] Total swap = 0kB
    [  120.100174] 102500 pages RAM
    [  120.100175] 0 pages HighMem/MovableOnly
    [  120.100176] 2500 pages reserved
    [  120.100180] Tasks state (memory values in pages):
    [  120.100181] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
    [  120.100182] [    101]     0   101     1000      100    40960        0         -1000 sshd
    [  120.100183] [    310]     0   310   100000    60000   600000        0             0 stress
    [  120.100184] [    311]     0   311   100000    29000   300000        0             0 stress
    [  120.100190] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,\
    global_oom,task_memcg=/,task=stress,pid=310,uid=0
    [  120.100200] Out of memory: Killed process 310 (stress) total-vm:400000kB, anon-rss:240000kB, \
    file-rss:4kB, shmem-rss:0kB, UID:0 pgtables:586kB oom_score_adj:0

    """

  /// 2.6.20: no node, one sum for programs and files.
  static let old = """
    Oct  9 21:46:16 lotus kernel: [135404.331945] panel invoked oom-killer: gfp_mask=0x201d2, \
    order=0, oomkilladj=0
    Oct  9 21:46:17 lotus kernel: [135404.332587] Mem-info:
    Oct  9 21:46:17 lotus kernel: [135404.332599] CPU    0: Hot: hi:    0, btch:   1 usd:   0
    Oct  9 21:46:17 lotus kernel: [135404.332610] Active:91000 inactive:90000 dirty:0 writeback:0
    Oct  9 21:46:17 lotus kernel: [135404.332612]  free:1800 slab:6300 mapped:80 pagetables:850
    Oct  9 21:46:17 lotus kernel: [135404.332618] DMA free:3000kB min:72kB low:88kB high:108kB \
    active:4000kB inactive:4000kB present:16000kB pages_scanned:13 all_unreclaimable? yes
    Oct  9 21:46:17 lotus kernel: [135404.332622] lowmem_reserve[]: 0 745 745
    Oct  9 21:46:17 lotus kernel: [135404.332641] DMA: 1*4kB 92*8kB 8*16kB = 868kB
    Oct  9 21:46:17 lotus kernel: [135404.332680] Total swap = 746000kB
    Oct  9 21:46:17 lotus kernel: [135404.332682] Free swap:            0kB
    Oct  9 21:46:17 lotus kernel: [135404.340712] 196000 pages of RAM
    Oct  9 21:46:17 lotus kernel: [135404.340720] 2000 reserved pages
    Oct  9 21:46:17 lotus kernel: [135404.356037] Out of memory: kill process 18662 (mule) score 5 \
    or a child
    Oct  9 21:46:17 lotus kernel: [135404.356059] Killed process 18662 (mule)

    """

  /// 4.16: the limit of a control group, without a line about memory as a whole.
  static let cgroup = """
    [  50.0] dd invoked oom-killer: gfp_mask=0x14000c0(GFP_KERNEL), nodemask=(null), order=0, \
    oom_score_adj=0
    [  50.1] Task in /test/job killed as a result of limit of /test
    [  50.1] memory: usage 51200kB, limit 51200kB, failcnt 73
    [  50.1] memory+swap: usage 51200kB, limit 9007199254740988kB, failcnt 0
    [  50.1] Memory cgroup stats for /test: cache:0KB rss:1056KB shmem:0KB
    [  50.1] Memory cgroup stats for /test/job: cache:49632KB rss:200KB shmem:0KB
    [  50.2] Memory cgroup out of memory: Kill process 3861 (bash) score 88 or sacrifice child
    [  50.2] Killed process 3876 (dd) total-vm:8484kB, anon-rss:1052kB, file-rss:1720kB

    """
}
