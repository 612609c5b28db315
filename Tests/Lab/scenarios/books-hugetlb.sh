# 64 MiB of reserved huge pages move their own class.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    settle
    snap before
    echo 32 >/proc/sys/vm/nr_hugepages
    told $(($(cat /proc/sys/vm/nr_hugepages) << 21)) hugetlb
    snap after
}

expect <<'END'
found = diff()
near(found.growth("hugePages"), truth("hugetlb").bytes, 2 * MiB, "growth of hugePages")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
found.balances()
check(truth("hugetlb").bytes == 64 * MiB, "the kernel gave fewer huge pages than asked for")
END
