# 8 MiB leaked but annotated as no leak, so kmemleak is silent: growth sees it.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_notleak
    settle
    snap before
    leak kmemlab_notleak 2048 4096
    snap after
}

expect <<'END'
diff().slab_leak("kmalloc-4k", truth("kmemlab_notleak"))
END
