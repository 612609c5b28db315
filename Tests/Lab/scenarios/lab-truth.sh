# Each leak module leaks what it was told to, and says so.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick
#@ program: no

MODULES="kmalloc cache merge_a merge_b vmalloc pages0 pages4 percpu chain ring notleak timer worker churn gone other"

guest() {
    for kind in $MODULES; do
        load "kmemlab_$kind"
        leak "kmemlab_$kind" 64 4000
        free_kept "kmemlab_$kind"
        unload "kmemlab_$kind"
    done
    dmesg | grep 'kmemlab: ' >log
    nproc >processors
    cat /proc/cmdline >cmdline
    cat /proc/slabinfo > slabinfo
}

expect <<'END'
check(text("processors").strip() == "2", "the guest has two processors")
for kind in ("kmalloc", "chain", "ring", "notleak", "timer", "worker", "gone", "other"):
    held = truth("kmemlab_" + kind)
    check((held.count, held.ksize, held.bytes) == (64, 4096, 64 * 4096), f"{kind} holds {held}")
for kind, ksize in (("cache", 1008), ("merge_a", 1336), ("merge_b", 1336)):
    held = truth("kmemlab_" + kind)
    check((held.count, held.ksize) == (64, ksize), f"{kind} holds {held}")
for kind, pages in (("vmalloc", 64), ("pages0", 64), ("pages4", 64 * 16)):
    held = truth("kmemlab_" + kind)
    check((held.count, held.pages) == (64, pages), f"{kind} holds {held}")
check(truth("kmemlab_percpu").bytes == 64 * 4000 * 2, "percpu counts both processors")
check(truth("kmemlab_churn").count == 0, "churn holds nothing")
check("kmemlab: kmemlab_vmalloc leaked count=64 ksize=4096 bytes=262144 pages=64" in text("log"),
      "the kernel log has vmalloc's truth")
END
