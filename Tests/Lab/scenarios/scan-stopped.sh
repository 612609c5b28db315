# A stop in the middle of a scan silently cuts it short: that scan doesn't count and is repeated.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=scan-stopped
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_kmalloc
    settle
    leak kmemlab_kmalloc 1000 200
    # A scan may be over before the signal comes: it is tried until one is hit.
    for try in 1 2 3 4 5; do
        kmemcheck scan --json >scan.out 2>scan.err &
        soon scanning_alone
        kill -STOP $!
        sleep 1
        kill -CONT $!
        status=0
        wait $! || status=$?
        echo $status >scan.status
        grep -q 'was stopped' scan.out && break
    done
}

expect <<'END'
exit_status("scan", 1)
found = leaks("scan")
faults = [scan["fault"] for scan in found.json["scan"]["scans"] if scan["fault"]]
check(len(faults) == 1 and "stopped" in faults[0], f"the stop wasn't noticed: {faults}")
check(found.json["scan"]["valid"], f"{found.json['scan']['doubts']}")
found.group("kmemlab_kmalloc", truth("kmemlab_kmalloc"))
END
