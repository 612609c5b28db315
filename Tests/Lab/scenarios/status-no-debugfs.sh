# status without debugfs: names the mount that is missing.
#@ kernels: 6.1 6.12
#@ boot: 
#@ run: quick

guest() {
    umount /sys/kernel/debug
    run text kmemcheck status
    run json kmemcheck status --json
    mount -t debugfs debug /sys/kernel/debug
}

expect <<'END'
exit_status("text", 0)
says("text", "mount -t debugfs")
kmemleak_state("debugfs-not-mounted", usable=False)
END
