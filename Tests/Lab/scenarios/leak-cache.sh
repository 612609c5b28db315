# 8 MiB leaked from a cache of its own: that cache is named, and no other.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_cache
    settle
    snap before
    leak kmemlab_cache 8192
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_cache"), diff()
found.slab_leak("kmemlab_own", leaked)
check(not found.cache("kmemlab_own").get("aliases"), "the cache has an alias, though it merges with none")
END
