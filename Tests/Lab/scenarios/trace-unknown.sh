# A kernel without tracepoints for allocations can't be traced, and trace says so.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: quick

guest() {
    run trace kmemcheck trace --for 5s
}

expect <<'END'
exit_status("trace", 69)
says("trace", "built without")
END
