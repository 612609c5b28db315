# insmod and rmmod twenty times: the kernel's sample leaks the same at each, a sound module nothing.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=modules
#@ run: full
#@ limit: 300

guest() {
    run leaky kmemcheck check --repeat 20 --shrink --json -- sh -c 'modprobe kmemleak-test; rmmod kmemleak_test'
    dmesg | sed -n '/kmemleak: Kmemleak testing/{h;d};H;${x;p}' | grep -E 'kmemleak: (kmalloc|vmalloc|kzalloc)' >truth
    run sound kmemcheck check --repeat 20 --json -- sh -c 'modprobe loop; rmmod loop'
    run text kmemcheck leaks
}

expect <<'END'
sizes = {"kmalloc(32)": 32, "kmalloc(1024)": 1024, "kmalloc(2048)": 2048, "kmalloc(4096)": 4096, "vmalloc(64)": 4096,
         "kzalloc(sizeof(*elem))": 512, "kmalloc(129)": 192}
told = [line.split("kmemleak: ")[1].split(" =")[0] for line in text("truth").splitlines()]
wanted = sum(sizes[one] for one in told)
check(wanted > 40000, f"the sample told only of {wanted} bytes")
exit_status("leaky", 1)
found = document("leaky.out")
check(found["verdict"]["word"] == "leak confirmed", found["verdict"])
# kmemleak misses what a stale word still points to, some objects in twenty runs; it never invents any.
lost = found["lostPerIteration"]
check(abs(lost["typical"] - wanted) <= 0.02 * wanted, f"{lost['typical']} bytes lost per iteration, not {wanted}: {lost['found']}")
check(max(lost["found"]) <= 1.02 * wanted, f"more is said to be lost than {wanted}: {lost['found']}")
# Growth misses none: five areas of vmalloc, to the byte, and ten objects of 512 bytes, to a part of a slab.
slopes = [(one["kind"], one["id"], one["trend"]["perIteration"]) for one in found["series"] if one["leaks"]]
areas = [slope for kind, name, slope in slopes if kind == "vmalloc caller" and abs(slope - 4096) <= 0.02 * 4096]
check(len(areas) >= 5, f"five areas of vmalloc leak, and these are found: {slopes}")
cache = [one["trend"]["perIteration"] for one in found["series"] if one["id"] == "kmalloc-512"]
near(cache[0] if cache else None, 5120, 512, "kmalloc-512 per iteration")
blamed = {one["module"] for one in found["leaks"]["groups"]} - {"kmemleak_test", None}
check(not blamed, f"{blamed} are blamed")
exit_status("sound", 0)
check(document("sound.out")["verdict"]["word"] == "nothing found", document("sound.out")["verdict"])
END
