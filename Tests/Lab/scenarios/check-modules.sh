# insmod and rmmod twenty times: the kernel's sample leaks the same at each, a sound module nothing.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=modules
#@ run: full
#@ limit: 300

guest() {
    run leaky kmemcheck check --repeat 20 --json -- sh -c 'modprobe kmemleak-test; rmmod kmemleak_test'
    dmesg | grep -E 'kmemleak: (kmalloc|vmalloc|kzalloc)' >truth
    run sound kmemcheck check --repeat 20 --json -- sh -c 'modprobe loop; rmmod loop'
    run text kmemcheck leaks
}

expect <<'END'
sizes = {"kmalloc(32)": 32, "kmalloc(1024)": 1024, "kmalloc(2048)": 2048, "kmalloc(4096)": 4096, "vmalloc(64)": 4096,
         "kzalloc(sizeof(*elem))": 512, "kmalloc(129)": 192}
told = [line.split("kmemleak: ")[1].split(" =")[0] for line in text("truth").splitlines()]
wanted = sum(sizes[one] for one in told) / 20
exit_status("leaky", 1)
found = document("leaky.out")
check(found["verdict"]["word"] == "leak confirmed", found["verdict"])
near(found["lostPerIteration"]["perIteration"], wanted, wanted * 0.02, "bytes lost per iteration")
blamed = {one["module"] for one in found["leaks"]["groups"]} - {"kmemleak_test", None}
check(not blamed, f"{blamed} are blamed")
exit_status("sound", 0)
check(document("sound.out")["verdict"]["word"] == "nothing found", document("sound.out")["verdict"])
END
