# 8 MiB lost as a ring, which kmemleak may not report: growth sees it all the same.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_ring
    settle
    snap before
    leak kmemlab_ring 2048 4096
    snap after
}

expect <<'END'
diff().slab_leak("kmalloc-4k", truth("kmemlab_ring"))
END
