# 16 MiB leaked from vmalloc: its class, and the caller with its module.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_vmalloc
    settle
    snap before
    leak kmemlab_vmalloc 16 1048576
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_vmalloc"), diff()
near(found.growth("vmalloc"), leaked.bytes, MiB, "growth of vmalloc")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
near(found.caller("kmemlab_vmalloc"), leaked.bytes, 0, "growth by the module's calls of vmalloc")
check(found.json["vmallocCallers"][0]["module"] == "kmemlab_vmalloc", "another caller is ranked first")
check(found.grown_caches() == [], f"caches are accused: {found.grown_caches()}")
END
