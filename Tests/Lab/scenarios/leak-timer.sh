# 8 MiB leaked from a timer, in nobody's context: the cache and the bytes.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_timer
    settle
    snap before
    leak kmemlab_timer 2048 4096
    snap after
}

expect <<'END'
diff().slab_leak("kmalloc-4k", truth("kmemlab_timer"))
END
