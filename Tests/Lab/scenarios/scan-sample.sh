# The kernel's own sample of leaks: each kind with its count, size, module and line; right after rmmod too.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=sample
#@ run: quick

guest() {
    load kmemleak-test
    run loaded kmemcheck scan --json
    unload kmemleak_test
    load kmemlab_other
    run gone kmemcheck scan --json
    run text kmemcheck leaks -v
    nproc --all >cpus 2>/dev/null || grep -c ^processor /proc/cpuinfo >cpus
    cat /sys/devices/system/cpu/possible >possible
    find / -name 'kmemleak-test.c' >/dev/null 2>&1 || true
    dmesg | grep -E 'kmemleak: (kmalloc|vmalloc|kzalloc|__alloc_percpu)' >truth
}

expect <<'END'
import collections
# What the sample says it allocated: kmalloc(32), vmalloc(64), …; the cache's size is what is lost.
told = collections.Counter(re.search(r"(\w+)\((.*)\) = ", line).groups() for line in text("truth").splitlines())
sizes = {("kmalloc", "32"): 32, ("kmalloc", "1024"): 1024, ("kmalloc", "2048"): 2048, ("kmalloc", "4096"): 4096,
         ("vmalloc", "64"): 4096}
wanted = collections.Counter()
for (what, size), count in told.items():
    if (what, size) in sizes:
        wanted[sizes[what, size]] += count

check(sum(told.values()) >= 25, f"the sample said little: {told}")

# Once the module has gone its frames are resolved, or unknown; never another's.
def own(group):
    return group["module"] == "kmemleak_test" or "module is gone" in text("text.out") and group["module"] is None

def lost(name):
    found = collections.Counter()
    for group in leaks(name).groups:
        if own(group):
            for size in group["sizes"]["values"]:
                found[size["size"]] += size["objects"]
    return found

exit_status("loaded", 1)
exit_status("gone", 1)
# A stale word may still point to one or the other, which is then missing; none is ever invented.
for size, count in wanted.items():
    check(lost("loaded")[size] <= count, f"{count} objects of {size} bytes were lost, {lost('loaded')[size]} are reported")
found = sum(lost("loaded")[size] for size in wanted)
check(found >= 0.7 * sum(wanted.values()), f"{found} of {sum(wanted.values())} objects are reported: {lost('loaded')}")
# Only when the module has gone do its list and its per-CPU pointers lose what they held.
elements = sum(count for (what, _), count in told.items() if what == "kzalloc")
check(lost("loaded")[512] == 0, "elements of a list that is still there are reported")
check(elements / 2 <= lost("gone")[512] <= elements, f"{elements} elements were lost, {lost('gone')[512]} are reported")
perCPU = told[("kmalloc", "129")]
check(lost("gone")[192] <= perCPU, f"{perCPU} objects of 129 bytes were lost, {lost('gone')[192]} are reported")
for name in ["loaded", "gone"]:
    blamed = [module for module in leaks(name).modules() if module not in ("kmemleak_test",)]
    check(not blamed, f"{name}: {blamed} are blamed")
    for group in leaks(name).groups:
        if group["module"] == "kmemleak_test" and name == "loaded":
            lines = [line["file"] for line in group["culprit"].get("lines") or []]
            check(any("kmemleak-test.c" in line for line in lines), f"{name}: no line of source: {group['culprit']}")
END
