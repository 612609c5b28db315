# Segments of System V that no process has attached: shared memory grows, and the step that helps is ipcs.
# The lab's own kernels have no System V.
#@ kernels: 6.1-stock 6.12-stock
#@ boot: lab.alone=sysv
#@ run: full
#@ limit: 240

guest() {
    settle
    waste sysv 50
    run sysv kmemcheck watch --for 100s --interval 1s --json
    stop_waste
}

expect <<'END'
programs({"sysv": ("held for user space", "class", "shmem and tmpfs", "ipcs -m")})
END
