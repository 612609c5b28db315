# 1 KiB lost at each of a hundred runs, on a kernel that tells of slab caches alone: less than what
# processors keep of a cache, and found.
#@ kernels: 6.12
#@ boot: kmemleak=off sysctl.vm.mem_profiling=never lab.alone=check-small
#@ run: full
#@ limit: 2000

guest() {
    load kmemlab_kmalloc
    run small kmemcheck check --repeat 100 --json -- sh -c "echo 1 1024 >/sys/kernel/debug/kmemlab/kmemlab_kmalloc/leak"
}

expect <<'END'
exit_status("small", 1)
found = document("small.out")
check(found["verdict"]["word"] == "leak confirmed", found["verdict"])
leaking = {one["id"]: one for one in found["series"] if one["leaks"]}
# A hundred objects are six slabs and a quarter: the rate can't be closer than a sixth.
near(leaking.get("kmalloc-1k", {}).get("trend", {}).get("perIteration"), KiB, KiB / 5, "kmalloc-1k lost per run")
END
