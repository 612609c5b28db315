# 256 KiB leaked a second by the second of two modules whose caches are one: nobody else is accused.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_merge_a
    load kmemlab_merge_b
    settle
    drip kmemlab_merge_b 96
    watch_for 60s
    stop_drip
}

expect <<'END'
# The cache goes by the name of the first. 6.1 can't tell them apart: both are named, or none.
said = watched().leak("kmemlab_merge_b", "kmemlab_merge_a", "slab, unreclaimable")
if kernel == "6.1":
    said.tells("one of module kmemlab_merge_a or module kmemlab_merge_b").advises("slab_nomerge")
END
