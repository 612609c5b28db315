# The same without allocation profiling, by the stacks that slub_debug=U records.
#@ kernels: 6.1
#@ boot: kmemleak=off slub_debug=U
#@ run: full

guest() {
    load kmemlab_kmalloc
    load kmemlab_notleak
    settle
    snap before
    leak kmemlab_kmalloc 5120 2000
    leak kmemlab_notleak 512 2000
    snap after
}

expect <<'END'
entry = owner_of(diff(), "kmalloc-2k")
named = [(one["function"], one["confidence"]) for one in entry["candidates"][:2]]
check(named == [("kmemlab_kmalloc_take", "exact"), ("kmemlab_notleak_take", "exact")], f"named are {named}")
ratio = entry["candidates"][0]["count"] / entry["candidates"][1]["count"]
check(abs(ratio - 10) < 0.1, f"the objects are {ratio} to 1")
END
