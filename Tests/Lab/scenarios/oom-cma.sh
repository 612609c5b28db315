# Pages that can't be moved fill all memory but the CMA, where they may not lie: the log alone says that, and how much is there.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M cma=256M
#@ run: full

guest() {
    spare
    load kmemlab_pages0
    victim sh -c 'echo 131072 >/sys/kernel/debug/kmemlab/kmemlab_pages0/leak'
    free_kept kmemlab_pages0
    log
}

expect <<'END'
found = shortage()
for report in found.json["reports"]:
    check(report["cause"] == "cma", f"the cause is {report['cause']}: {report['sentence']}")
free = float(found.last["sentence"].split(" MiB of free memory was CMA")[0].split()[-1])
check(200 <= free <= 256, f"{free} MiB free in the CMA")
found.cause("cma", "left where it could look")
END
