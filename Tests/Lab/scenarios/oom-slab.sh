# Slab that leaks, and a program that needs the rest: the log alone names the slab.
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
# Caches are listed only where slab exceeds what programs have; lines of source where they are counted.
found.cause("kernel", "unreclaimable slab")
found.holder("slabUnreclaimable", 256 * MiB)
END
