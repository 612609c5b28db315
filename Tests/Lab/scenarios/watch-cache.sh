# Files written and read again all the time fill the page cache and ext4's caches: nothing is said to leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 240

guest() {
    load loop
    load ext4
    # What the disk's own file takes in tmpfs is there before, so that only cache grows.
    dd if=/dev/zero of=/tmp/disk bs=1M count=200 2>/dev/null
    /usr/bin/mke2fs -q -F -t ext4 -N 32768 -E lazy_itable_init=0 /tmp/disk
    mount -t ext4 -o loop /tmp/disk /mnt
    settle
    (number=0
    while [ "$number" -lt 4000 ]; do
        number=$((number + 1))
        dd if=/dev/zero of=/mnt/$number bs=16k count=1 2>/dev/null
        usleep 15000
    done) &
    writer=$!
    run watch kmemcheck watch --fresh --for 60s --interval 1s --json
    kill $writer || true
}

expect <<'END'
said = document("watch.out")
verdict = said["verdict"]
check(not verdict["finding"], f"the verdict is {verdict['sentence']}")
check([row["name"] for row in said["growing"]] == [], f"{[row['name'] for row in said['growing']]} are accused")
grown = {row["name"]: row["gained"] for row in said["sides"]}
check(grown["cache"] > 4 * MiB, f"cache gained only {grown['cache']} bytes: the scenario proves nothing")
END
