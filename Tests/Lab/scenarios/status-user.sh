# status for an ordinary user: says what it may not see, and how to see it.
#@ kernels: 6.1 6.12
#@ boot: 
#@ run: quick

guest() {
    run text as_user kmemcheck status
    run json as_user kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "permission denied", "sudo kmemcheck status")
kmemleak_state("denied", usable=False)
check(ability("slabinfo") == ability("vmallocinfo") == "denied", "files for root alone are shown as open to the user")
END
