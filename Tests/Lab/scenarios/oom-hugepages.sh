# Huge pages are set aside, and a program needs the rest: the log alone names them.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    echo 150 >/proc/sys/vm/nr_hugepages
    victim hold anonymous 2000
    log
    echo 0 >/proc/sys/vm/nr_hugepages
}

expect <<'END'
found = shortage()
found.cause("userSpace", "huge pages", "nobody")
found.holder("hugePages", 200 * MiB)
END
