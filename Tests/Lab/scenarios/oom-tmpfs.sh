# Files in tmpfs take most of memory: the log alone names them, not the program that is killed.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    mkdir -p /mnt
    mount -t tmpfs -o size=4g filler /mnt
    # Not all of it: the files stay when who wrote them is killed, and the guest has to go on.
    dd if=/dev/zero of=/mnt/filler bs=1M count=300 2>/dev/null
    victim hold anonymous 2000
    log
    umount /mnt
}

expect <<'END'
found = shortage()
found.cause("userSpace", "tmpfs")
found.holder("shmem", 200 * MiB)
END
