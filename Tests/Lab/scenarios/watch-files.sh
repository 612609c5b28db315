# A program opens 60 files a second and closes none: held for user space, and the program is named.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 260

guest() {
    settle
    waste files 50
    watch_for 150s
    stop_waste
}

expect <<'END'
said = watched().held("leaker", "process, open files", pace("leaker", "files"),
                      "open files", "filp", "slab, unreclaimable")
said.advises_no("kmemcheck scan").advises("/fd")
END
