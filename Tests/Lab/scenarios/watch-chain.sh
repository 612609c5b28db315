# 256 KiB lost a second as chains of objects: watch sees it as any slab leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_chain
    settle
    drip kmemlab_chain 32 4096
    watch_for 60s
    stop_drip
}

expect <<'END'
watched().leak("kmemlab_chain", "kmalloc-4k", "slab, unreclaimable")
END
