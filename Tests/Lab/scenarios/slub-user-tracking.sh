# With slub_debug=U every object carries its caller: bytes are still those of the slabs, merged or not.
#@ kernels: 6.1
#@ boot: kmemleak=off slub_debug=U
#@ run: full

guest() {
    load kmemlab_cache
    settle
    snap before
    leak kmemlab_cache 8192
    snap after
    run status kmemcheck status
}

expect <<'END'
leaked, found = truth("kmemlab_cache"), diff()
row = found.cache("kmemlab_own")
check(row["growth"] > leaked.bytes, "the tracking beside each object is not in the cache's bytes")
near(found.growth("slabUnreclaimable"), row["growth"], MiB, "growth of unreclaimable slab")
near(row["objects"], leaked.count, 64, "growth in objects")
END
