# Slab that leaks, and a program that needs the rest: the log alone names the cache.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    load kmemlab_kmalloc
    leak kmemlab_kmalloc 131072 2000
    victim hold anonymous 2000
    log
}

expect <<'END'
found = shortage()
found.cause("kernel", "unreclaimable slab", "kmalloc-2k")
found.holder("slabUnreclaimable", 256 * MiB)
END
