# A program keeps 10 children a second: the parent is named, not page tables and stacks.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 260

guest() {
    settle
    waste forks 100
    watch_for 150s
    stop_waste
}

expect <<'END'
said = watched().caused("leaker", "process, children", pace("leaker", "children"))
said.advises_no("kmemcheck scan").advises("ps --ppid")
END
