# A program never waits for its children, 20 a second: its zombies are named.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 260

guest() {
    settle
    waste zombies 50
    watch_for 150s
    stop_waste
}

expect <<'END'
said = watched().caused("leaker", "process, zombies", pace("leaker", "children"))
said.advises_no("kmemcheck scan").advises("ps --ppid")
END
