# With slab_nomerge two caches of the same size stay apart: only the one that leaks is named.
#@ kernels: 6.1
#@ boot: kmemleak=off slab_nomerge
#@ run: full

guest() {
    load kmemlab_merge_a
    load kmemlab_merge_b
    settle
    snap before
    leak kmemlab_merge_b 6144
    snap after
    run status kmemcheck status
}

expect <<'END'
leaked, found = truth("kmemlab_merge_b"), diff()
found.slab_leak("kmemlab_merge_b", leaked)
row = found.cache("kmemlab_merge_b")
check(row["name"] == "kmemlab_merge_b" and not row.get("aliases"), f"the cache is given other names: {row}")
END
