# 8 MiB leaked in kmallocs too large for any cache: unreclaimable slab, and no cache is accused.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_kmalloc
    settle
    snap before
    leak kmemlab_kmalloc 128 65536
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_kmalloc"), diff()
near(found.growth("slabUnreclaimable"), leaked.bytes, MiB, "growth of unreclaimable slab")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
check(found.grown_caches() == [], f"caches are accused: {found.grown_caches()}")
END
