# 64 MiB of slab objects move unreclaimable slab.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    load kmemlab_kmalloc
    settle
    snap before
    leak kmemlab_kmalloc 16384 4096
    snap after
}

expect <<'END'
found = diff()
near(found.growth("slabUnreclaimable"), truth("kmemlab_kmalloc").bytes, 2 * MiB, "growth of slabUnreclaimable")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
found.balances()
END
