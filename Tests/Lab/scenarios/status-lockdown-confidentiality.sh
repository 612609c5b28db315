# status under lockdown=confidentiality: debugfs is closed, and why.
#@ kernels: 6.1 6.12
#@ boot: lockdown=confidentiality
#@ run: full

guest() {
    run text kmemcheck status
    run json kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "lockdown", "confidentiality")
kmemleak_state("locked-down", usable=False)
check(ability("slabinfo") == "yes", "slabinfo is not behind lockdown, and is said to be")
END
