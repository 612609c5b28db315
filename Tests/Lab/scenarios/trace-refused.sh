# Where the kernel is locked down, trace says so and what lifts it; nothing is left, and others go on.
#@ kernels: 6.1-stock 6.12-stock
#@ boot: lockdown=confidentiality
#@ run: full

guest() {
    run locked kmemcheck trace --for 5s
    run status kmemcheck status
}

expect <<'END'
exit_status("locked", 69)
says("locked", "locked down (confidentiality)", "without lockdown=")
END
