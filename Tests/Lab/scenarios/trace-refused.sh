# Where the kernel is locked down, trace says so and what lifts it; nothing is left, and others go on. Nobody has
# mounted tracefs in this guest: one that is mounted for the trace alone makes 6.12 oops when it goes.
#@ kernels: 5.10-stock 6.1-stock 6.12-stock
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
