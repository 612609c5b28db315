# 256 KiB a second that kmemleak was told to be no leak: it grows all the same, and is not called a leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_notleak
    settle
    drip kmemlab_notleak 32 4096
    watch_for 60s
    stop_drip
}

expect <<'END'
watched().leak("kmemlab_notleak", "kmalloc-4k", "slab, unreclaimable")
END
