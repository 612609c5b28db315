# Free pages on per-CPU lists, filled and drained, are free memory, not a leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

# Lists as long as the kernel allows, then 64 MiB freed onto them; and the reverse.
fill() {
    echo 8 >/proc/sys/vm/percpu_pagelist_high_fraction
    leak kmemlab_pages0 16384
    free_kept kmemlab_pages0
}

# Short lists again. The kernel takes pages off them by and by, as each processor frees some.
drain() {
    echo 0 >/proc/sys/vm/percpu_pagelist_high_fraction
    for second in 1 2 3 4 5 6 7 8 9 10; do
        for processor in 1 2; do
            taskset $processor dd if=/dev/zero of=/tmp/drain bs=1M count=4 2>/dev/null
            rm -f /tmp/drain
        done
        sleep 1
    done
}

guest() {
    load kmemlab_pages0
    drain
    settle
    snap before
    fill
    snap filled
    drain
    snap drained
}

expect <<'END'
filled, drained = diff("before", "filled"), diff("filled", "drained")
moved = filled.growth("perCpuFreeLists")
check(moved > 16 * MiB, f"the lists were not filled: they grew by {moved} bytes")
for found in (filled, drained):
    near(found.growth("free") + found.growth("perCpuFreeLists"), 0, 2 * MiB, "free memory in both places together")
    near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
check(drained.growth("perCpuFreeLists") < -8 * MiB, "draining took less than 8 MiB off the lists")
END
