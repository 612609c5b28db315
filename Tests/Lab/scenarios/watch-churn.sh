# 20 MiB a second allocated and freed again leaks nothing: watch accuses nobody.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_churn
    settle
    drip kmemlab_churn 512 2000
    watch_for 60s
    stop_drip
}

expect <<'END'
watched().nothing()
END
