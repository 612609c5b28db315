/// Functions that allocate on behalf of their callers, or record where an allocation was made, so
/// that a leak is never theirs.
///
/// The one list, for stacks of kmemleak, `alloc_traces` and `page_owner`, and for those of user space.
/// A name belongs here if callers all over the kernel (or all programs) may have asked, so that it
/// tells nothing of who did. A driver's own wrapper doesn't: its users name it, see `FrameRules`.
enum AllocatorFunctions {
  /// Whether the function belongs to an allocator, or wraps one for callers all over the kernel.
  static func contains(_ symbol: String) -> Bool {
    let bytes = symbol.utf8.span
    let name = bytes.extracting(stem(of: bytes))
    guard !names.contains(name), !prefixes.fit(name) else { return true }
    // No function of C is taken apart: that was a ninth of the time for a report of many stacks.
    return name.count > 12 && !name.isOfC
      && (isOperatorNew(stem(symbol)) || isRust(stem(symbol)))
  }

  /// Whether the name of such a function begins so: where a text was cut within a name, it may be one's.
  static func begin(with cut: String) -> Bool {
    let name = stem(cut)
    return name.utf8.count > 1
      && (names.hasName(beginningWith: name) || prefixes.all.contains { $0.hasPrefix(name) })
  }

  /// Whether the function is of a language's own library, which calls allocators for everybody: the
  /// frame above it is the one to blame, where there is one.
  static func isStandardLibrary(_ symbol: String) -> Bool {
    standardLibraries.fit(ProgramSymbol.qualified(symbol).utf8.span)
  }

  /// Whether it's the `operator new` of a class.
  private static func isOperatorNew(_ name: Substring) -> Bool {
    ProgramSymbol.parts(String(name)).last == "operator new"
  }

  /// Whether it's Rust's way to its allocator: `alloc::alloc::alloc`, `__rustc::__rust_alloc`,
  /// `<std::alloc::System as core::alloc::global::GlobalAlloc>::alloc`.
  private static func isRust(_ name: Substring) -> Bool {
    rust.fit(name.utf8.span)
      || name.utf8.first == UInt8(ascii: "<")
        && name.contains(" as core::alloc::")
  }

  /// Whether the function records stacks and allocates nothing for its caller.
  static func isRecorder(_ symbol: String) -> Bool {
    let bytes = symbol.utf8.span
    let name = bytes.extracting(stem(of: bytes))
    return recorderNames.contains(name) || recorderPrefixes.fit(name)
  }

  /// The function without what compilers append, without leading underscores and without `_noprof`,
  /// the ending that allocation profiling (6.10) gave to the functions which count nothing themselves.
  static func stem(_ symbol: String) -> Substring {
    let name = stem(of: symbol.utf8.span)
    let start = symbol.utf8.index(symbol.startIndex, offsetBy: name.lowerBound)
    return symbol[start..<symbol.utf8.index(start, offsetBy: name.count)]
  }

  /// Where the stem lies in a name.
  static func stem(of symbol: Span<UInt8>) -> Range<Int> {
    // By bytes, since every frame of every stack is asked about: names are ASCII.
    var name = LeakFrame.withoutCompilerSuffix(symbol)
    func passUnderscores() {
      while let first = name.first, symbol[first] == UInt8(ascii: "_") { name.removeFirst() }
    }
    if symbol.extracting(name).ends(noprof) { name.removeLast(noprof.count) }
    passUnderscores()
    if name.count >= glibcAlias.count,
      symbol.extracting(name.prefix(glibcAlias.count)).ends(glibcAlias)
    {
      name.removeFirst(glibcAlias.count)
      passUnderscores()
    }
    return name
  }

  private static let noprof = Array("_noprof".utf8)
  /// The beginning of names by which glibc calls its own functions: `__GI___strdup`.
  private static let glibcAlias = Array("GI_".utf8)

  /// Whole names, as `stem` leaves them.
  private static let names = NameSet(
    recorders + slab + pages + numbers + buffers + wrappers + userSpace)
  private static let recorderNames = NameSet(recorders)

  /// What stands above the allocator in a stack because it records the stack: `mm/kmemleak.c` of all
  /// releases, `kernel/stacktrace.c`, `arch/*/kernel/stacktrace.c`, `lib/stackdepot.c`, `mm/kasan`.
  ///
  /// Which of them are seen depends on how many frames an architecture skips: arm up to 4.14, mips
  /// and sh show `save_stack_trace` itself, kernels before 3.2 `log_early`.
  private static let recorders = """
    create_object create_object_percpu create_object_phys alloc_object link_object log_early
    early_alloc early_alloc_percpu delete_object_part delete_object_part_phys kmemleak_init
    kmemleak_alloc kmemleak_alloc_percpu kmemleak_alloc_phys kmemleak_alloc_recursive
    kmemleak_vmalloc kmemleak_update_trace kmemleak_free_part kmemleak_free_part_phys
    kmemleak_no_scan kmemleak_ignore kmemleak_not_leak kmemleak_scan_area
    dump_trace print_context_stack walk_stackframe walk_stack unwind_frame unwind_backtrace
    unwind_stack unwind_next_frame save_context_stack save_raw_context_stack save_address
    save_address_stack save_stack_address save_stack_entry save_trace show_trace
    return_address set_track set_track_prepare set_track_update set_page_owner save_stack
    depot_save_stack depot_alloc_stack kmemcheck_alloc_shadow kmemcheck_slab_alloc

    """

  /// `mm/slab.c`, `slub.c`, `slob.c`, `slab_common.c`, `util.c`, `vmalloc.c`, `percpu.c`,
  /// `mempool.c`, `dmapool.c`, `memblock.c`, and what makes a cache on behalf of a driver.
  private static let slab = """
    do_kmalloc do_kmalloc_node do_krealloc do_slab_alloc do_cache_alloc cache_alloc_node
    allocate_slab alloc_slab_page cache_alloc cache_alloc_refill cache_alloc_debugcheck_after
    cache_grow cache_grow_begin alloc_slabmgmt alloc_arraycache alloc_array_cache
    alloc_alien_cache kmem_getpages alternate_node_alloc fallback_alloc new_slab_objects
    kmem_cache_create kmem_cache_create_usercopy kmem_cache_create_args create_cache
    do_kmem_cache_create kmem_cache_open init_kmem_cache_nodes alloc_kmem_cache_cpus
    sysfs_slab_add sysfs_slab_alias do_tune_cpucache enable_cpucache setup_cpu_cache setup_kmem_cache_node
    kmem_cache_init_objects krealloc_array memdup_user memdup_user_nul vmemdup_user
    strndup_user memdup get_vm_area get_vm_area_node get_vm_area_caller alloc_vmap_area vmap
    ioremap ioremap_caller ioremap_nocache ioremap_prot ioremap_cache ioremap_wc
    arm_ioremap_caller module_alloc execmem_alloc execmem_alloc_rw execmem_vmalloc
    alloc_percpu alloc_percpu_gfp percpu_counter_init percpu_counter_init_many
    percpu_init_rwsem percpu_ref_init list_lru_init list_lru_init_key list_lru_init_memcg
    memcg_init_list_lru memcg_init_list_lru_node memcg_list_lru_alloc
    mempool_alloc mempool_create mempool_create_node mempool_init mempool_init_node
    mempool_alloc_slab mempool_kmalloc mempool_alloc_pages mempool_kvmalloc
    dma_pool_alloc dma_pool_create pool_alloc_page gen_pool_create gen_pool_add_owner
    gen_pool_add_virt gen_pool_alloc_algo_owner

    """

  /// `mm/page_alloc.c`, `mempolicy.c`, `page_frag_cache.c`.
  private static let pages = """
    get_free_page get_free_pages get_zeroed_page get_page_from_freelist post_alloc_hook
    prep_new_page alloc_page alloc_page_interleave alloc_page_vma alloc_frozen_pages
    alloc_frozen_pages_nolock alloc_contig_range alloc_contig_pages alloc_large_system_hash
    page_frag_alloc page_frag_alloc_align page_frag_refill page_frag_cache_refill

    """

  /// What maps numbers and keys to pointers and allocates its nodes meanwhile: `lib/idr.c` before and
  /// since 4.11, `radix-tree.c`, `xarray.c`, `maple_tree.c`, `rhashtable.c`.
  private static let numbers = """
    idr_pre_get idr_get_new idr_get_new_above idr_get_new_above_int idr_get_empty_slot
    idr_layer_alloc idr_preload idr_get_free idr_get_free_cmn idr_alloc idr_alloc_cmn
    idr_alloc_u32 idr_alloc_ext idr_alloc_cyclic idr_replace sub_alloc get_from_free_list
    ida_pre_get ida_get_new ida_get_new_above ida_alloc_range ida_simple_get
    radix_tree_node_alloc radix_tree_preload radix_tree_maybe_preload radix_tree_extend
    radix_tree_insert radix_tree_create
    xas_alloc xas_nomem xas_create xas_create_range xas_expand xas_store xa_store xa_store_range
    xa_insert xa_cmpxchg xa_reserve xa_alloc xa_alloc_cyclic
    mas_alloc_nodes mas_node_count mas_node_count_gfp mas_preallocate mas_store_gfp
    mas_store_prealloc mas_nomem mt_alloc_one mt_alloc_bulk mtree_insert_range mtree_store_range
    bucket_table_alloc rhashtable_init rhltable_init

    """

  /// `net/core/skbuff.c` and `sock.c`, `block/bio.c`, `lib/scatterlist.c`, `lib/kfifo.c`, `lib/nlattr.c`,
  /// `drivers/usb/core/urb.c`.
  private static let buffers = """
    sk_alloc sk_prot_alloc alloc_skb napi_alloc_skb netdev_alloc_skb netdev_alloc_skb_ip_align
    dev_alloc_skb alloc_skb_fclone kmalloc_reserve build_skb build_skb_around slab_build_skb
    napi_build_skb skb_clone skb_copy skb_copy_expand pskb_copy pskb_copy_fclone pskb_expand_head
    skb_realloc_headroom skb_expand_head skb_page_frag_refill alloc_skb_with_frags
    sock_alloc_send_pskb sock_alloc_send_skb sock_wmalloc sock_omalloc napi_alloc_frag
    netdev_alloc_frag napi_alloc_cache alloc_netdev_mqs alloc_netdev_mq alloc_etherdev_mq
    alloc_etherdev_mqs
    bio_alloc bio_alloc_bioset bio_kmalloc bvec_alloc bioset_init bioset_create
    nla_memdup nla_strdup kfifo_alloc usb_alloc_urb usb_alloc_coherent

    """

  /// Whatever else hands out memory or named things to all callers: `lib/kobject.c`,
  /// `drivers/base/core.c` and `class.c`, `fs/char_dev.c`, `kernel/workqueue.c`, `crypto/api.c`,
  /// `drivers/acpi/acpica`, and the layers of XFS (`fs/xfs/kmem.c`, up to 6.8) and of OpenZFS.
  private static let wrappers = """
    kobject_set_name kobject_set_name_vargs kobject_create kobject_create_and_add
    kobject_init_and_add kobject_add kobject_add_varg kset_create kset_create_and_add
    dev_set_name kvasprintf_const class_register class_create cdev_alloc
    device_create device_create_vargs device_create_groups_vargs device_create_with_groups
    alloc_workqueue alloc_workqueue_key
    alloc_cpumask_var alloc_cpumask_var_node zalloc_cpumask_var zalloc_cpumask_var_node
    crypto_create_tfm crypto_create_tfm_node
    acpi_os_allocate acpi_os_allocate_zeroed acpi_os_acquire_object acpi_ut_allocate
    acpi_ut_allocate_zeroed acpi_ut_allocate_object_desc_dbg acpi_ut_create_internal_object_dbg
    kmem_alloc kmem_alloc_large kmem_alloc_io kmem_zalloc kmem_zalloc_large kmem_realloc
    kmem_zone_alloc kmem_zone_zalloc spl_kmem_alloc spl_kmem_zalloc spl_kmem_alloc_impl
    spl_kmem_cache_alloc spl_vmem_alloc spl_vmem_zalloc kmem_alloc_debug vmem_alloc_debug

    """

  /// The C library's functions and the names under which checkers stand in for them: glibc's
  /// `malloc/malloc.c`, compiler-rt's `asan_malloc_linux.cpp`, Valgrind's `vg_replace_malloc.c`; the
  /// functions of programs everywhere that end the program where there is no memory; Rust's; what
  /// makes objects for all callers of CPython (`Objects/`); and what link-time optimisation leaves of
  /// the name of an inlined function.
  private static let userSpace = """
    malloc calloc realloc reallocarray memalign aligned_alloc posix_memalign valloc pvalloc
    strdup strndup wcsdup asprintf vasprintf asprintf_chk vasprintf_chk asprintf_internal
    vasprintf_internal getdelim getline realpath realpath_chk allocate_dtv dl_allocate_tls
    allocate_stack
    libc_malloc libc_calloc libc_realloc libc_memalign libc_valloc libc_pvalloc
    Znwm Znam Znwj Znaj ZnwmRKSt9nothrow_t ZnamRKSt9nothrow_t ZnwmSt11align_val_t
    ZnamSt11align_val_t
    xmalloc xcalloc xrealloc xzalloc xstrdup xstrndup xmemdup xasprintf xvasprintf xnmalloc
    xreallocarray x2nrealloc xcharalloc alloc xalloc emalloc ecalloc erealloc estrdup
    safe_malloc safe_calloc safe_realloc safe_strdup
    PyType_GenericAlloc PyType_GenericNew PyObject_New PyVarObject_New PyTuple_New PyTuple_Pack
    PyList_New PyDict_New PySet_New PyUnicode_New PyUnicode_FromString PyUnicode_FromStringAndSize
    PyBytes_FromString PyBytes_FromStringAndSize UnknownInlinedFun
    tc_malloc tc_calloc tc_realloc tc_new tc_newarray je_malloc je_calloc je_realloc mi_malloc
    mi_calloc mi_realloc mi_zalloc mi_new
    rust_alloc rust_alloc_zeroed rust_realloc rdl_alloc rdl_alloc_zeroed rdl_realloc rg_alloc
    rg_alloc_zeroed rg_realloc

    """

  /// C++'s and Rust's own: `std::vector<int>::push_back(int&&)`, `alloc::boxed::Box<T>::new`.
  private static let standardLibraries = NameBeginnings([
    "std::", "__gnu_cxx::", "__cxxabiv1::", "alloc::", "<alloc::", "core::", "<core::", "<std::",
    "hashbrown::", "<hashbrown::",
  ])

  /// The beginnings of Rust's own, as `stem` leaves them: `library/alloc/src/alloc.rs`.
  private static let rust = NameBeginnings([
    "alloc::alloc::", "<alloc::alloc::", "std::alloc::", "<std::alloc::", "rustc::__rust_alloc",
    "rustc::__rust_realloc", "rustc::__rdl_",
  ])

  /// The beginnings of names, as `stem` leaves them.
  private static let prefixes = NameBeginnings(
    [
      "slab_", "new_slab", "folio_alloc", "kmem_cache_alloc", "kmem_cache_zalloc", "kmalloc",
      "kzalloc", "kcalloc", "krealloc", "kvmalloc", "kvzalloc", "kvcalloc", "kvrealloc", "kmemdup",
      "kvmemdup", "kstrdup", "kstrndup", "kasprintf", "kvasprintf", "vmalloc", "vzalloc", "vcalloc",
      "pcpu_alloc", "pcpu_create", "pcpu_mem", "devm_k", "drmm_k", "devres_alloc", "dma_alloc",
      "dmam_alloc", "dma_direct_alloc", "iommu_dma_alloc", "arm_dma_alloc", "kasan_", "alloc_pages",
      "alloc_bootmem", "memblock_alloc", "memblock_virt_alloc", "crypto_alloc_", "bitmap_alloc",
      "bitmap_zalloc", "devm_bitmap", "sg_alloc", "sg_kmalloc",
      "sgl_alloc", "interceptor_", "wrap_malloc", "wrap_calloc", "wrap_realloc",
      "wrap_strdup", "operator new", "g_malloc", "g_try_malloc", "g_realloc", "g_strdup",
      "g_strndup", "g_slice_", "g_memdup", "PyMem_", "PyObject_Malloc", "PyObject_Calloc",
      "PyObject_Realloc", "PyObject_GC_",
    ] + recorderPrefixes.all)

  private static let recorderPrefixes = NameBeginnings([
    "save_stack_trace", "stack_trace_save", "stack_trace_consume", "arch_stack_walk",
    "stack_depot_save",
  ])
}

extension Span where Element == UInt8 {
  /// Whether these are letters, digits and underscores, as all names of C are.
  fileprivate var isOfC: Bool {
    for index in indices {
      let letter = (self[index] | 0x20) &- UInt8(ascii: "a")
      let isDigit = self[index] &- UInt8(ascii: "0") < 10
      guard letter < 26 || isDigit || self[index] == UInt8(ascii: "_") else { return false }
    }
    return true
  }
}
