# 512 KiB leaked a second in kmallocs too large for any cache: the line of source, or else the class.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_kmalloc
    settle
    drip kmemlab_kmalloc 4 65536
    watch_for 60s
    stop_drip
}

expect <<'END'
said = watched().leak("kmemlab_kmalloc", "slab, unreclaimable").advises("kmemcheck scan")
if kernel == "6.1":
    said.advises("page_owner=on")
END
