# status with kmemleak=off: it was switched off by boot parameter, until the next boot.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    run text kmemcheck status
    run json kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "switched off at boot", "kmemleak=off", "reboot")
kmemleak_state("off-at-boot", usable=False)
END
