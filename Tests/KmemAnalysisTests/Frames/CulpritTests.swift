import Testing

@testable import KmemAnalysis

/// Who is to blame in stacks of all eras and architectures: the functions as public reports have them.
@Suite struct CulpritTests {
  private func culprit(_ functions: String, rules: [FrameRule] = []) -> String? {
    let frames = functions.split(separator: " ").map { "\($0)+0x10/0x100" }
    let text = LeakTexts.object("0xffff888000000100", frames: frames)
    return LeakTexts.report(text, frameRules: FrameRules(rules)).groups.first?.culprit?.symbol
  }

  @Test(arguments: [
    // 2.6.3x and 3.x, 32-bit arm: the recorder and kmemleak itself are seen.
    ("__save_stack_trace create_object kmemleak_alloc __kmalloc driver_alloc", "driver_alloc"),
    (
      "save_stack_trace_tsk save_stack_trace __save_stack_trace create_object kmemleak_alloc "
        + "kmem_cache_alloc driver_alloc", "driver_alloc"
    ),
    (
      "create_object kmemleak_alloc __kmalloc __videobuf_alloc videobuf_alloc_vb",
      "__videobuf_alloc"
    ),
    // x86, 3.x: the nodes of an idr.
    (
      "create_object kmemleak_alloc kmem_cache_alloc idr_pre_get drm_gem_handle_create",
      "drm_gem_handle_create"
    ),
    (
      "log_early kmemleak_alloc init_section_page_cgroup page_cgroup_init",
      "init_section_page_cgroup"
    ),
    // arm64, 4.14: the same since it is a radix tree.
    (
      "kmem_cache_alloc radix_tree_node_alloc.constprop.12 idr_get_free_cmn idr_alloc_cmn "
        + "__drm_mode_object_add drm_mode_object_add", "__drm_mode_object_add"
    ),
    // mips, 4.14: names of modules and of their objects.
    ("__kmalloc_track_caller memdup_user strndup_user load_module", "load_module"),
    (
      "__kmalloc_track_caller kstrdup kobject_set_name_vargs kobject_init_and_add load_module",
      "load_module"
    ),
    // arm, 5.4: a buffer of the network.
    (
      "kmem_cache_alloc __build_skb __netdev_alloc_skb ftgmac100_alloc_rx_buf.constprop.0",
      "ftgmac100_alloc_rx_buf.constprop.0"
    ),
    // x86, 6.x.
    ("kmem_cache_alloc_node_noprof __alloc_skb __netdev_alloc_skb tg3_rx", "tg3_rx"),
    ("kmalloc_trace alloc_gid_entry add_modify_gid", "alloc_gid_entry"),
    ("__kmalloc sgl_alloc_order lo_read_simple", "lo_read_simple"),
    // riscv and s390, powerpc with the dot of its function descriptors.
    (
      "slab_post_alloc_hook kmem_cache_alloc_noprof mas_alloc_nodes mas_preallocate mmap_region",
      "mmap_region"
    ),
    (
      ".save_stack_trace .create_object .kmemleak_alloc .kmem_cache_alloc .xive_alloc",
      ".xive_alloc"
    ),
    (
      "arch_stack_walk stack_trace_save set_track_prepare kmemleak_alloc kmem_cache_alloc_noprof "
        + "bio_alloc_bioset submit", "submit"
    ),
    ("pcpu_alloc_noprof bioset_init md_run", "md_run"),
    (
      "kmemleak_vmalloc kasan_alloc_module_shadow execmem_vmalloc execmem_alloc load_module",
      "load_module"
    ),
  ])
  func `the first function that allocates for itself`(stack: String, culprit: String) {
    #expect(self.culprit(stack) == culprit)
  }

  @Test(arguments: [
    "malloc", "__interceptor_malloc", "___interceptor_calloc", "__libc_malloc", "_Znwm",
    "operator new(unsigned long)", "operator new[](unsigned long)", "posix_memalign",
  ])
  func `allocators of user space are to blame as little`(name: String) {
    #expect(AllocatorFunctions.contains(name))
  }

  @Test(arguments: [
    "xmlStrndup", "driver_alloc", "alloc_gid_entry", "kmemleak_test_init", "drm_ioctl",
    "malloc_init",
    "nvkms_alloc",
  ])
  func `a name that only sounds like an allocator's is one's own`(name: String) {
    #expect(!AllocatorFunctions.contains(name))
  }

  @Test func `users name their own wrappers`() throws {
    let stack = "__kmalloc nvkms_alloc nvkms_alloc_zeroed nvKmsOpen"
    #expect(culprit(stack) == "nvkms_alloc")
    let rule = try FrameRule("nvkms_alloc*", place: "--skip-frame")
    #expect(culprit(stack, rules: [rule]) == "nvKmsOpen")
    #expect(culprit("__kmalloc nvkms_alloc", rules: [rule]) == "nvkms_alloc")
  }

  @Test func `a rule may be for one module only`() throws {
    let text = LeakTexts.object(
      "0xffff888000000100", frames: ["get+0x1/0x2 [one]", "get+0x1/0x2 [two]", "f+0x1/0x2"])
    let rule = try FrameRule("get [one]", place: "skip-frames:1")
    let report = LeakTexts.report(text, frameRules: FrameRules([rule]))
    #expect(report.groups.first?.fingerprint == "get [two] < f")
    #expect(report.groups.first?.frames.map(\.passedOver) == [.rule(rule), nil, nil])
  }

  @Test func `a file has a rule on each line`() throws {
    let file = try FrameRuleFile("# ours\nrk*alloc*   # RINA\n\n  get [one]\n", name: "skip-frames")
    #expect(file.rules.map(\.pattern) == ["rk*alloc*", "get [one]"])
    #expect(file.rules.map(\.place) == ["skip-frames:2", "skip-frames:4"])
  }

  @Test(arguments: [
    ("a b c", FrameRule.Refusal.Reason.noName("a b c")), ("*", .skipsEverything("*")),
    ("get one", .noName("get one")),
  ])
  func `what is no rule is refused with its place`(text: String, reason: FrameRule.Refusal.Reason) {
    #expect(throws: FrameRule.Refusal(place: "skip-frames:1", reason: reason)) {
      try FrameRuleFile(text, name: "skip-frames")
    }
  }

  @Test func `the frames of a baseline are named alike`() throws {
    let rule = try FrameRule("wrap", place: "--skip-frame")
    let text = LeakTexts.object("0xffff888000000100", frames: ["wrap+0x1/0x2", "f+0x1/0x2"])
    var baseline = LeakBaseline(boot: .different, frameRules: FrameRules([rule]))
    let bytes = Array(text.utf8)
    baseline.read(bytes.span)
    #expect(baseline.countByFingerprint == ["f": 1])
  }
}
