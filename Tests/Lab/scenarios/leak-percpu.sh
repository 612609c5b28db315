# 8 MiB leaked from per-CPU memory: the class percpu.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    load kmemlab_percpu
    settle
    snap before
    leak kmemlab_percpu 512 8192
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_percpu"), diff()
near(found.growth("percpu"), leaked.bytes, MiB, "growth of percpu")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
check(found.grown_caches() == [], f"caches are accused: {found.grown_caches()}")
END
