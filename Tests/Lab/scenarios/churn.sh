# 160 MiB allocated and freed again, 16 MiB at a time, leaks nothing: nobody is accused.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_churn
    settle
    snap before
    leak kmemlab_churn 8192 2000
    snap after
}

expect <<'END'
found = diff()
check(truth("kmemlab_churn").count == 0, "churn holds something")
check(found.grown_caches() == [], f"caches are accused: {found.grown_caches()}")
near(found.growth("slabUnreclaimable"), 0, MiB, "growth of unreclaimable slab")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
check(found.verdict["word"] == "stable", f"the verdict is {found.verdict}")
END
