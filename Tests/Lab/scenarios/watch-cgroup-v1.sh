# Files written in a control group of version 1 are cache, and so is the kernel's part of them.
#@ kernels: 6.1
#@ boot: kmemleak=off
#@ run: full
#@ limit: 240

guest() {
    ext4 200
    umount /sys/fs/cgroup
    mount -t tmpfs cgroups /sys/fs/cgroup
    mkdir /sys/fs/cgroup/memory
    mount -t cgroup -o memory memory /sys/fs/cgroup/memory
    mkdir /sys/fs/cgroup/memory/files
    settle
    sh -c 'echo $$ >/sys/fs/cgroup/memory/files/cgroup.procs; exec leaker written 10 /mnt' &
    writer=$!
    watch_for 60s
    kill $writer
    cat /sys/fs/cgroup/memory/files/memory.usage_in_bytes >usage
    rmdir /sys/fs/cgroup/memory/files || true
    umount /sys/fs/cgroup/memory /sys/fs/cgroup
    mount -t cgroup2 cgroup /sys/fs/cgroup
}

expect <<'END'
watched().nothing("cache (reclaimable)")
check(int(text("usage")) > 20 * MiB, "too little was counted for the group: the scenario proves nothing")
END
