/// Functions that allocate on behalf of their callers, so that a leak is never theirs.
///
/// The list is of functions in mm/, lib/, net/core and of wrappers in other directories; syzkaller
/// skips the same ones.
enum AllocatorFrames {
  /// Whether the function belongs to an allocator, or wraps one for callers all over the kernel.
  static func contains(_ symbol: String) -> Bool {
    var name = Substring(LeakFrame.plain(symbol))
    if name.hasSuffix("_noprof") { name = name.dropLast(7) }
    while name.hasPrefix("_") { name = name.dropFirst() }
    return exact.contains(String(name)) || prefixes.contains { name.hasPrefix($0) }
  }

  /// The names without leading underscores and `_noprof`.
  private static let exact: Set<String> = Set(
    """
    create_object create_object_percpu create_object_phys alloc_object link_object
    kmemleak_alloc kmemleak_alloc_percpu kmemleak_alloc_phys kmemleak_alloc_recursive
    kmemleak_vmalloc kmemleak_update_trace do_kmalloc do_kmalloc_node do_krealloc do_slab_alloc
    allocate_slab new_slab new_slab_objects cache_alloc cache_alloc_refill cache_grow cache_grow_begin
    alloc_slabmgmt alloc_arraycache memdup_user memdup_user_nul vmemdup_user strndup_user memdup
    idr_get_free idr_get_empty_slot idr_get_new_above idr_alloc idr_alloc_u32 idr_alloc_cyclic
    ida_alloc_range ida_simple_get ida_pre_get
    radix_tree_node_alloc radix_tree_extend radix_tree_insert radix_tree_create
    xas_alloc xas_create xas_expand xas_store xa_store xa_alloc xa_alloc_cyclic
    list_lru_init list_lru_init_key memcg_init_list_lru
    sk_alloc sk_prot_alloc alloc_skb napi_alloc_skb netdev_alloc_skb kmalloc_reserve build_skb
    skb_clone skb_copy pskb_copy_fclone pskb_expand_head alloc_skb_with_frags sock_alloc_send_pskb
    get_free_pages get_zeroed_page alloc_workqueue alloc_percpu alloc_percpu_gfp
    kobject_set_name kobject_set_name_vargs dev_set_name kvasprintf_const krealloc_array
    alloc_cpumask_var alloc_cpumask_var_node zalloc_cpumask_var zalloc_cpumask_var_node
    percpu_counter_init percpu_counter_init_many percpu_init_rwsem percpu_ref_init
    mempool_alloc mempool_create mempool_create_node mempool_init mempool_init_node
    mempool_alloc_slab mempool_kmalloc crypto_alloc_tfm crypto_alloc_tfmmem crypto_create_tfm
    crypto_create_tfm_node crypto_alloc_tfm_node
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let prefixes = [
    "slab_", "kmem_cache_alloc", "kmem_cache_zalloc", "kmalloc", "kzalloc", "kcalloc",
    "krealloc", "kvmalloc", "kvzalloc", "kvcalloc", "kvrealloc", "kmemdup", "kvmemdup", "kstrdup",
    "kstrndup", "kasprintf", "kvasprintf", "vmalloc", "vzalloc", "vcalloc", "pcpu_alloc",
    "pcpu_create", "pcpu_mem", "devm_k", "devres_alloc", "dma_alloc", "dma_direct_alloc",
    "kasan_", "alloc_pages", "memblock_alloc", "memblock_virt_alloc",
  ]
}
