# Nine kinds of leak in one scan: a group for each, its module, every object, every byte.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=scan-kinds
#@ run: full

guest() {
    for kind in kmalloc cache chain merge_a vmalloc timer worker percpu; do
        load kmemlab_$kind
    done
    settle
    snap before
    leak kmemlab_kmalloc 1000 200
    leak kmemlab_cache 1000
    leak kmemlab_chain 1000 2000
    leak kmemlab_merge_a 1000
    leak kmemlab_vmalloc 1000 4096
    leak kmemlab_timer 1000 512
    leak kmemlab_worker 1000 1024
    leak kmemlab_percpu 1000 64
    run scan kmemcheck scan --baseline before.tar.zst --json
    run text kmemcheck leaks
}

expect <<'END'
exit_status("scan", 1)
found = leaks("scan")
check(found.json["verdict"]["word"] == "leak confirmed", f"the verdict is {found.json['verdict']}")
check(found.json["scan"]["valid"], f"the scans don't count: {found.json['scan']['doubts']}")
for kind in ["kmalloc", "chain", "merge_a", "vmalloc", "timer", "worker"]:
    found.group(f"kmemlab_{kind}", truth(f"kmemlab_{kind}"), certainty="leak confirmed")
# kmemleak gives the size asked for, 1000; ksize() has the free pointer behind it too.
own = truth("kmemlab_cache")
own.bytes = own.count * 1000
found.group("kmemlab_cache", own, certainty="leak confirmed")
END
