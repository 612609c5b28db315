# Pages that leak, which no counter shows: the log alone names the kernel.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    load kmemlab_pages0
    leak kmemlab_pages0 65536
    victim hold anonymous 2000
    log
}

expect <<'END'
found = shortage()
found.cause("kernel", "no counter")
found.holder("unaccounted", 256 * MiB)
END
