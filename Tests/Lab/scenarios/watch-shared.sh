# A program takes 600 KiB of shared memory a second, each piece mapped for itself: held for user space,
# and the program is named, not the slab of its mappings.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 260

guest() {
    settle
    waste shared 20
    watch_for 150s
    stop_waste
}

expect <<'END'
watched().held("leaker", "process, shared memory", pace("leaker", "shared"),
               "shmem and tmpfs", "page tables", "slab, unreclaimable", "vm_area_struct", "vma_lock",
               "maple_node").advises("kmemcheck maps")
END
