# status under lockdown=integrity: debugfs is closed, and why.
#@ kernels: 6.1 6.12
#@ boot: lockdown=integrity
#@ run: full

guest() {
    run text kmemcheck status
    run json kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "x")
END
