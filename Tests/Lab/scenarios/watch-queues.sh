# 10 pairs of Unix sockets a second with full queues: held for the program that never reads them.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 260

guest() {
    settle
    waste queues 100
    watch_for 150s
    stop_waste
}

expect <<'END'
said = watched().caused("leaker", "process, open files", pace("leaker", "files"))
said.advises_no("kmemcheck scan").advises("/fd")
said.tells("sockets")
END
