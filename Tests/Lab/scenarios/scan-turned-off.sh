# kmemleak turned off while kmemcheck scans: no result, and it says why.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=turned-off
#@ run: quick

guest() {
    kmemcheck scan >scan.out 2>scan.err &
    soon scanning_alone
    # Waits for the scan in progress, as the kernel lets one in at a time.
    echo off >/sys/kernel/debug/kmemleak
    status=0
    wait $! || status=$?
    echo $status >scan.status
    run again kmemcheck scan
    run check kmemcheck check -- true
}

expect <<'END'
exit_status("scan", 2)
said = says("scan", "no result", "refused")
check("nothing found" not in said, f"it reads as clean: {said}")
exit_status("again", 69)
says("again", "turned-off", "reboot")
exit_status("check", 0)
says("check", "growth alone, without kmemleak")
END
