# Churn and a walk through all files lose nothing: nothing found, ten times out of ten.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=clean
#@ run: full
#@ limit: 300

guest() {
    load kmemlab_churn
    for time in 1 2 3 4 5 6 7 8 9 10; do
        leak kmemlab_churn 2000 200
        ls -R / >/dev/null 2>&1 || true
        run scan-$time kmemcheck scan
    done
}

expect <<'END'
for time in range(1, 11):
    exit_status(f"scan-{time}", 0)
    says(f"scan-{time}", "nothing found")
END
