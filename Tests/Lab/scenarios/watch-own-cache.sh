# 256 KiB leaked a second from a module's own cache: the line of source, or else the cache.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_cache
    settle
    drip kmemlab_cache 128
    watch_for 60s
    stop_drip
}

expect <<'END'
said = watched().leak("kmemlab_cache", "kmemlab_own", "slab, unreclaimable")
if kernel == "6.1":
    said.tells("likely module kmemlab_cache")
END
