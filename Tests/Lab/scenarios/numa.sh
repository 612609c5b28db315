# With two memory nodes the books still hold, and zones are told apart by node.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off numa=fake=2
#@ run: full

guest() {
    load kmemlab_kmalloc
    settle
    snap before
    # Each processor takes memory from its own node.
    for processor in 1 2; do
        taskset -p $processor $$
        leak kmemlab_kmalloc 4096 4096
    done
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_kmalloc"), diff()
check(leaked.bytes == 32 * MiB, "32 MiB were not leaked")
found.slab_leak("kmalloc-4k", leaked)
found.balances()
free = {zone["zone"]: zone["growth"] for zone in found.json["zones"]}
for node in "01":
    gone = -sum(growth for zone, growth in free.items() if zone.split()[0] == node)
    check(gone > 12 * MiB, f"node {node} lost {gone} bytes of free memory, and 16 MiB were taken from it: {free}")
END
