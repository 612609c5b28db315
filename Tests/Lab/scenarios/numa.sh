# With two memory nodes the books still hold, and zones are told apart by node.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off numa=fake=2
#@ run: full

guest() {
    load kmemlab_kmalloc
    settle
    snap before
    leak kmemlab_kmalloc 8192 4096
    snap after
}

expect <<'END'
leaked, found = truth("kmemlab_kmalloc"), diff()
found.slab_leak("kmalloc-4k", leaked)
found.balances()
nodes = {zone["node"] for zone in found.json["zones"]}
check(nodes == {0, 1}, f"zones of nodes {nodes} are listed, not of 0 and 1")
END
