/// As `mm/slub.c` of 6.1 prints `alloc_traces`; recorded in the lab.
let allocTracesOf6 = """
     2000 kmemlab_cache_take.constprop.0+0x16/0x3b [kmemlab_cache] waste=56000/28 age=320/340/370 pid=63-70 cpus=0-1
          kmemlab_cache_take.constprop.0+0x16/0x3b [kmemlab_cache]
          lab_leak_now.isra.0+0x75/0x10b [kmemlab_cache]
          vfs_write+0x9e/0x181
          0xffffffffc0200123

      174 <not-available> age=4294895790 pid=0 cpus=0

        8 device_add+0x3d/0x66d age=2177 pid=-1 nodes=0
          device_add+0x3d/0x66d


  """

/// As `mm/slub.c` of 5.4 prints `alloc_calls`.
let allocCallsOf5 = """
        1 create_boot_cache+0x4e/0xa0 age=4295667 pid=0 cpus=0 nodes=0
      512 ext4_alloc_inode+0x1c/0x1b0 [ext4] age=12/450/9001 pid=1-4021 cpus=0-3,8 nodes=0-1

  """

/// As `mm/page_owner.c` of 6.12 prints `show_stacks`; recorded in the lab.
let pageOwnerStacksOf6 = """
   post_alloc_hook+0x69/0xb8
   __alloc_pages_noprof+0xe6/0x15b
   kmemlab_pages0_take.constprop.0+0x27/0x46 [kmemlab_pages0]
   entry_SYSCALL_64_after_hwframe+0x4b/0x53
  nr_base_pages: 500

   register_early_stack+0x23/0x3e
   init_page_owner+0x2a/0x291
  nr_base_pages: 12


  """

/// As `mm/page_owner.c` of 6.1 prints `page_owner`; recorded in the lab.
let pageOwnerOf6 = """
  Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 63, tgid 63 (sh), ts 2300000000 ns, free_ts 0 ns
  PFN 256 type Unmovable Block 0 type Unmovable Flags 0x0(node=0|zone=0)
   kmemlab_pages0_take.constprop.0+0x27/0x46 [kmemlab_pages0]
   lab_leak_now+0x7d/0x115 [kmemlab_pages0]

  Page allocated via order 4, mask 0xcc0(GFP_KERNEL), pid 63, tgid 63 (sh), ts 2300000000 ns, free_ts 0 ns
  PFN 272 type Unmovable Block 0 type Unmovable Flags 0x0(node=0|zone=0)
   kmemlab_pages0_take.constprop.0+0x27/0x46 [kmemlab_pages0]
   lab_leak_now+0x7d/0x115 [kmemlab_pages0]
  Page has been migrated, last migrate reason: compaction
  Charged (via objcg) to memcg init.scope

  Page allocated via order 1, mask 0xcc0(GFP_KERNEL), pid 1, tgid 1 (init), ts 2300000000 ns, free_ts 0 ns
  PFN 0x120 type Unmovable Block 0 type Unmovable Flags 0x0(node=0|zone=0)
   new_slab+0x7e/0x1a1
  Slab cache page


  """
