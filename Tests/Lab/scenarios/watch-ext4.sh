# Files created and deleted all the time, while others fill the page cache: nothing is said to leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 200

guest() {
    ext4 200
    settle
    # 200 files made, four of them written, all removed, again and again; the large file stays.
    while kill -0 $$; do
        mkdir -p /mnt/churn
        (cd /mnt/churn && seq 200 | xargs touch && echo words | tee 1 2 3 4 >/dev/null)
        dd if=/dev/zero bs=64k count=8 2>/dev/null >>/mnt/filler
        rm -r /mnt/churn
        usleep 200000
    done &
    churner=$!
    watch_for 60s
    kill $churner
    wait $churner || true
    ls -l /mnt/filler >filler
}

expect <<'END'
watched().nothing("cache (reclaimable)")
check(int(text("filler").split()[4]) > 20 * MiB, "too little was written: the scenario proves nothing")
END
