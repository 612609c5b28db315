# Files in tmpfs take all memory: the log alone names them, not the program that is killed.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    mkdir -p /mnt
    mount -t tmpfs -o size=4g filler /mnt
    victim dd if=/dev/zero of=/mnt/filler bs=1M count=2000
    log
    umount /mnt
    log
}

expect <<'END'
found = shortage()
found.cause("userSpace", "tmpfs")
found.holder("shmem", 200 * MiB)
END
