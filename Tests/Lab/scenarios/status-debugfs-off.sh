# status with debugfs=off: mounting it would not help, and that is said.
#@ kernels: 6.1 6.12
#@ boot: debugfs=off
#@ run: full

guest() {
    run text kmemcheck status
    run json kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "debugfs=off")
kmemleak_state("debugfs-off", usable=False)
END
