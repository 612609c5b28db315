# A program starts 20 threads a second that never end: they are named, not their stacks.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 260

guest() {
    settle
    waste threads 50
    watch_for 150s
    stop_waste
}

expect <<'END'
said = watched().caused("leaker", "process, threads", pace("leaker", "threads"))
said.advises_no("kmemcheck scan").advises("ps -L -p")
END
