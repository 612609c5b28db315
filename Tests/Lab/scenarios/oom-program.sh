# A program takes all memory: the log alone names user space, and the program.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: quick

guest() {
    spare
    victim hold anonymous 2000
    log
}

expect <<'END'
found = shortage()
found.cause("userSpace", "hold")
found.holder("anonymous", 200 * MiB)
found.killed("hold")
END
