# status after `echo off`: kmemleak is gone until the next boot, and was not off from the start.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=off
#@ run: full

guest() {
    echo off >/sys/kernel/debug/kmemleak
    sleep 1
    run text kmemcheck status
    run json kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "switched off at run time", "reboot")
kmemleak_state("turned-off", usable=False)
END
