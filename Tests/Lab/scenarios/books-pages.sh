# 64 MiB taken straight from the page allocator are in no class: unaccounted memory says so.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    load kmemlab_pages0
    settle
    snap before
    leak kmemlab_pages0 16384
    snap after
}

expect <<'END'
found = diff()
near(found.growth("unaccounted"), truth("kmemlab_pages0").bytes, 2 * MiB, "growth of unaccounted memory")
found.balances()
END
