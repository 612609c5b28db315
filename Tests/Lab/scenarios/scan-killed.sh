# A kmemcheck killed in the middle of a scan leaves the scanner stopped; the next one repairs that.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=scans
#@ run: quick

guest() {
    echo scan=on >/sys/kernel/debug/kmemleak
    soon scanner_runs
    kmemcheck scan >killed.out 2>&1 &
    soon scanning_alone
    kill -KILL $!
    wait $! || true
    sleep 1
    if scanner_runs; then echo runs; else echo stopped; fi >between
    run scan kmemcheck scan -v
    if scanner_runs; then echo runs; else echo stopped; fi >after
}

expect <<'END'
check(text("between").strip() == "stopped", "the kill came too late to leave the scanner stopped")
check(text("after").strip() == "runs", "the scanner wasn't started again")
check(text("killed.out").strip() == "", f"a killed scan says: {text('killed.out')}")
exit_status("scan", 0)
says("scan", "an earlier kmemcheck was killed", "runs again", "nothing found")
END
