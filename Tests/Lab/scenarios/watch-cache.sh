# Files written all the time fill the page cache and ext4's caches: nothing is said to leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 240

guest() {
    ext4 200
    settle
    (number=0
    while kill -0 $$ && [ "$number" -lt 4000 ]; do
        number=$((number + 1))
        dd if=/dev/zero of=/mnt/$number bs=16k count=1 2>/dev/null
        usleep 15000
    done) &
    writer=$!
    watch_for 60s
    kill $writer || true
}

expect <<'END'
said = watched().nothing("cache (reclaimable)")
grown = {row["side"]: row["gained"] for row in said.json["sides"]}
check(grown["cache"] > 4 * MiB, f"cache gained only {grown['cache']} bytes: the scenario proves nothing")
END
