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

# Asking for more huge pages than there are makes the kernel empty the lists in its search.
drain() {
    echo 0 >/proc/sys/vm/percpu_pagelist_high_fraction
    echo 600 >/proc/sys/vm/nr_hugepages
    echo 0 >/proc/sys/vm/nr_hugepages
}

guest() {
    load kmemlab_pages0
    drain
    settle
    snap before
    fill
    snap filled
    compare before filled
    mv diff.json filled.json
    drain
    snap drained
    compare filled drained
}

expect <<'END'
filled, drained = diff("filled.json"), diff()
moved = filled.growth("perCpuFreeLists")
check(moved > 16 * MiB, f"the lists were not filled: they grew by {moved} bytes")
for found in (filled, drained):
    near(found.growth("free") + found.growth("perCpuFreeLists"), 0, 2 * MiB, "free memory in both places together")
    near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
check(drained.growth("perCpuFreeLists") < -8 * MiB, "draining took less than 8 MiB off the lists")
END
