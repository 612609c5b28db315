# 8 MiB leaked from kmalloc: unreclaimable slab, the cache of that size, to the byte.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_kmalloc
    settle
    snap before
    leak kmemlab_kmalloc 4096 2000
    snap after
    run inside kmemcheck diff before.tar.zst after.tar.zst --json
}

expect <<'END'
leaked, found = truth("kmemlab_kmalloc"), diff()
found.slab_leak("kmalloc-2k", leaked)
exit_status("inside", 0)
check(document("inside.out") == found.json, "the guest says something else about the same two snapshots")
if kernel == "6.12":
    near(found.tags("kmemlab_kmalloc_take"), leaked.bytes, 0, "what allocation profiling counts for its line")
END
