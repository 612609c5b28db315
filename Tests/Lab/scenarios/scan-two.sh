# Two scans at once, beside the automatic scanner: both find the leak, and the scanner runs afterwards.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=scans
#@ run: full

guest() {
    load kmemlab_kmalloc
    leak kmemlab_kmalloc 1000 200
    echo scan=on >/sys/kernel/debug/kmemleak
    soon scanner_runs
    kmemcheck scan --json >one.out 2>one.err &
    first=$!
    run two kmemcheck scan --json
    status=0
    wait $first || status=$?
    echo $status >one.status
    if scanner_runs; then echo runs; else echo stopped; fi >after
}

expect <<'END'
for name in ["one", "two"]:
    exit_status(name, 1)
    check(leaks(name).json["scan"]["valid"], f"{name}: {leaks(name).json['scan']}")
    leaks(name).group("kmemlab_kmalloc", truth("kmemlab_kmalloc"))
check(text("after").strip() == "runs", "the scanner doesn't run afterwards")
END
