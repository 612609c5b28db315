# 8 MiB lost as a chain: growth sees it as any slab leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_chain
    settle
    snap before
    leak kmemlab_chain 2048 4096
    snap after
}

expect <<'END'
diff().slab_leak("kmalloc-4k", truth("kmemlab_chain"))
END
