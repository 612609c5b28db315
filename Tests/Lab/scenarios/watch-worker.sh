# A workqueue leaks 128 KiB a second, on nobody's behalf: the line of source, or else the cache.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_worker
    settle
    drip kmemlab_worker 16 4096
    watch_for 60s
    stop_drip
}

expect <<'END'
watched().leak("kmemlab_worker", "kmalloc-4k", "slab, unreclaimable").advises("kmemcheck scan")
END
