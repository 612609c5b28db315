# 8 MiB leaked by the second of two modules whose caches are one: both names are given.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_merge_a
    load kmemlab_merge_b
    settle
    snap before
    leak kmemlab_merge_b 6144
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_merge_b"), diff()
found.slab_leak("kmemlab_merge_b", leaked)
row = found.cache("kmemlab_merge_b")
names = {row["name"], *row["aliases"]}
check({"kmemlab_merge_a", "kmemlab_merge_b"} <= names, f"the merged cache is known as {names}, which lacks a name")
END
