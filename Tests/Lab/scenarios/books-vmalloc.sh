# 64 MiB of vmalloc move their own class.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    load kmemlab_vmalloc
    settle
    snap before
    leak kmemlab_vmalloc 64 1048576
    snap after
}

expect <<'END'
found = diff()
near(found.growth("vmalloc"), truth("kmemlab_vmalloc").bytes, 2 * MiB, "growth of vmalloc")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
found.balances()
END
