# A scan that is interrupted is no result: exit status 130, never "nothing found"; the scanner runs on.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=scans
#@ run: quick

guest() {
    echo scan=on >/sys/kernel/debug/kmemleak
    soon scanner_runs
    for signal in INT TERM; do
        # What a shell without jobs starts in its background ignores INT, as kmemcheck then does too.
        (soon scanning_alone && kill -$signal "$(pidof kmemcheck)") &
        run "scan-$signal" kmemcheck scan
        wait $! || true
        scanner_runs && echo "after $signal" >>scanner
    done
}

expect <<'END'
for signal in ["INT", "TERM"]:
    exit_status(f"scan-{signal}", 130)
    said = says(f"scan-{signal}", "no result", "interrupted")
    check("nothing found" not in said, f"after {signal} it reads as clean: {said}")
check(text("scanner").split("\n")[:2] == ["after INT", "after TERM"], f"the scanner doesn't run: {text('scanner')}")
END
