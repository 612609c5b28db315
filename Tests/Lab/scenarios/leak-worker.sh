# 8 MiB leaked from a workqueue: the cache and the bytes.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_worker
    settle
    snap before
    leak kmemlab_worker 2048 4096
    snap after
}

expect <<'END'
diff().slab_leak("kmalloc-4k", truth("kmemlab_worker"))
END
