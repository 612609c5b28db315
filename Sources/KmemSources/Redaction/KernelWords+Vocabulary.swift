extension KernelWords {
  /// The words of the kernel's reports on memory: `show_mem` (`mm/show_mem.c`), the OOM killer
  /// (`mm/oom_kill.c`), `mm/memcontrol.c`, `mm/kmemleak.c`, `mm/page_owner.c`, `mm/slub.c`.
  static let vocabulary = Set(
    """
    kB B KB MB K M U E H UE UM ME UME R A C Mem Info Mem-Info Node DMA DMA32 Normal HighMem Movable
    Device free min low high boost reserved_highatomic active_anon inactive_anon active_file
    inactive_file isolated_anon isolated_file isolated anon file unevictable dirty writeback
    writepending mapped shmem shmem_thp shmem_pmdmapped anon_thp file_thp writeback_tmp
    kernel_stack shadow_call_stack pagetables sec_pagetables all_unreclaimable all unreclaimable
    yes no present managed mlocked bounce free_pcp local_pcp free_cma slab_reclaimable
    slab_unreclaimable lowmem_reserve kernel_misc_reclaimable total pagecache pages in swap cache
    Swap stats add delete find Free Total RAM HighMem/MovableOnly MovableOnly reserved cma
    hwpoisoned Hugepages hugepages_total hugepages_free hugepages_surp hugepages_size unstable
    balloon hugetlb surp size Tasks state memory values Tasks pid uid tgid total_vm rss rss_anon
    rss_file rss_shmem nr_ptes nr_pmds nr_puds pgtables_bytes swapents oom_score_adj name
    oom kill oom-kill constraint CONSTRAINT_NONE CONSTRAINT_MEMCG CONSTRAINT_CPUSET
    CONSTRAINT_MEMORY_POLICY nodemask null cpuset mems_allowed global_oom task_memcg task
    oom_memcg Out of Memory cgroup out Killed Kill process score or sacrifice child vm anon-rss
    file-rss shmem-rss rss pgtables UID adj oom_reaper reaped now invoked killer gfp_mask order
    page allocation failure mode Call Trace TASK IRQ SOFTIRQ NMI CPU PID Comm Not tainted Tainted
    usage limit failcnt kmem memsw Killed as a result Task stats for
    cache mapped_file pgpgin pgpgout pgfault pgmajfault rss_huge file_mapped file_dirty
    file_writeback swapcached sock vmalloc percpu kernel pagetables slab zswap zswapped thp
    workingset_refault workingset_activate workingset_restore workingset_nodereclaim
    workingset_refault_anon workingset_refault_file workingset_activate_anon
    workingset_activate_file workingset_restore_anon workingset_restore_file
    pgscan pgsteal pgscan_kswapd pgscan_direct pgsteal_kswapd pgsteal_direct pgactivate
    pgdeactivate pglazyfree pglazyfreed pgrefill thp_fault_alloc thp_collapse_alloc
    Unreclaimable info Used
    kmemleak new suspected leaks see detector initialized mem pool available Automatic scanning
    thread started ended Kernel leak disabled Cannot allocate a structure object
    unreferenced jiffies age backtrace crc comm hex dump first bytes min_count count flags
    checksum freeing unknown address trying to color not found Found object by alias
    Page allocated via mask ts ns free_ts PFN type Block Flags Unmovable Movable Reclaimable
    HighAtomic CMA Isolate migrated last reason handle nr_base_pages stack_count waste cpus nodes
    """.split(whereSeparator: \.isWhitespace).flatMap {
      $0.split { !($0.isASCII && ($0.isLetter || $0 == "_")) }
    }.map(String.init) + ["s", "x", "a", "b"])
}
