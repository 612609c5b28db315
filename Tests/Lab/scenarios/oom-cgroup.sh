# A control group meets its limit: the log alone names the group and the limit, and not the machine.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    group=/sys/fs/cgroup/job
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control
    mkdir -p $group
    echo 33554432 >$group/memory.max
    (echo 0 >$group/cgroup.procs && victim hold anonymous 200)
    log
    rmdir $group
}

expect <<'END'
found = shortage()
found.cause("cgroup", "/job", "32.0 MiB")
found.killed("hold")
END
