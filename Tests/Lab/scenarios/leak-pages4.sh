# 16 MiB leaked as blocks of 16 pages: unaccounted memory, and no class or cache is accused.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_pages4
    settle
    snap before
    leak kmemlab_pages4 256
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_pages4"), diff()
near(found.growth("unaccounted"), leaked.bytes, 2 * MiB, "growth of unaccounted memory")
near(found.growth("slabUnreclaimable"), 0, MiB, "growth of unreclaimable slab")
check(found.grown_caches() == [], f"caches are accused: {found.grown_caches()}")
if kernel == "6.12":
    near(found.tags("kmemlab_pages4_take"), leaked.bytes, 0, "what allocation profiling counts for its line")
END
