# 8 MiB leaked by a module that is unloaded, another in its place: the growth stays, the other is not blamed.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full

guest() {
    load kmemlab_gone
    settle
    snap before
    leak kmemlab_gone 2048 4096
    unload kmemlab_gone
    load kmemlab_other
    snap after
    cat /proc/modules >modules
}

expect <<'END'
leaked, found = truth("kmemlab_gone"), diff()
found.slab_leak("kmalloc-4k", leaked)
check(found.tags("kmemlab_other_take") < MiB, "the growth is put down to kmemlab_other")
END
