# 20 pipes a second that nobody reads: their pages are held for the program, and no riddle of the kernel.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 260

guest() {
    settle
    waste pipes 50
    watch_for 150s
    stop_waste
}

expect <<'END'
said = watched().caused("leaker", "process, open files", pace("leaker", "files"))
said.advises_no("kmemcheck scan").advises("/fd")
said.tells("pipes")
END
