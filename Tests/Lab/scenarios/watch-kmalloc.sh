# 256 KiB leaked a second from kmalloc: watch names the line of source, or else the cache of that size.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_kmalloc
    settle
    drip kmemlab_kmalloc 64 2000
    watch_for 60s
    stop_drip
}

expect <<'END'
said = watched().leak("kmemlab_kmalloc", "kmalloc-2k", "slab, unreclaimable").advises("kmemcheck scan")
# Who is named by a line of source needs no boot option to be named.
said.advises("slub_debug=U,kmalloc-2k") if kernel == "6.1" else said.advises_no("page_owner")
END
