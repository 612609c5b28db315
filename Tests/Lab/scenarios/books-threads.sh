# 500 threads move kernel stacks by 16 KiB each.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    settle
    snap before
    hold threads 500
    told $((500 << 14)) threads
    snap after
    release
}

expect <<'END'
found = diff()
near(found.growth("kernelStacks"), truth("threads").bytes, 2 * MiB, "growth of kernelStacks")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
found.balances()
END
