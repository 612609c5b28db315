# 256 KiB lost a second as rings of objects: watch sees it as any slab leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_ring
    settle
    drip kmemlab_ring 32 4096
    watch_for 60s
    stop_drip
}

expect <<'END'
watched().leak("kmemlab_ring", "kmalloc-4k", "slab, unreclaimable")
END
