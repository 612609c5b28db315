# 64 MiB in a tmpfs move the class of shared memory.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    settle
    snap before
    dd if=/dev/zero of=/tmp/filler bs=1M count=64 2>/dev/null
    told $((64 << 20)) tmpfs
    snap after
}

expect <<'END'
found = diff()
near(found.growth("shmem"), truth("tmpfs").bytes, 2 * MiB, "growth of shmem")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
found.balances()
END
