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
# What the kernel's own counter has, in pages: files of the initramfs lie in the CMA, too.
truth = [int(pages) * 4096 for pages in re.findall(r" free_cma:(\d+)$", text("log"), re.MULTILINE)]
check(len(truth) == len(found.json["reports"]), f"{len(truth)} counters, {len(found.json['reports'])} reports")
for report, free in zip(found.json["reports"], truth):
    check(report["cause"] == "cma", f"the cause is {report['cause']}: {report['sentence']}")
    wanted = f"{free / MiB:.1f} MiB of free memory was CMA"
    check(wanted in report["sentence"], f"the sentence lacks {wanted}: {report['sentence']}")
check(min(truth, default=0) > 128 * MiB, f"{truth} bytes were free in the CMA")
END
