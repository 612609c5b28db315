# Eighteen programs that hold ever more, one after the other: each is named first, by what it holds, with the step
# that helps. LAB_PROGRAMS chooses some of them. Python's objects and a control group of version 1 have tests of their own;
# these kernels have no System V, which watch-sysv has.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off lab.alone=programs
#@ run: full
#@ limit: 6000

# What each is paced by, in milliseconds, and where it writes.
pace_of() {
    case $1 in
        classic | shared | locked | slowly) echo 20 ;;
        written) echo 20 /tmp/written ;;
        cached) echo 20 /mnt ;;
        queues | forks) echo 100 ;;
        slowfd) echo 1000 ;;
        *) echo 50 ;;
    esac
}

one() {
    kind=$1
    [ "$kind" != slowfd ] || kind=files
    mkdir -p /tmp/written
    settle
    waste "$kind" $(pace_of "$1")
    run "$1" kmemcheck watch --for 100s --interval 1s --json
    echo "LAB watched $1: $status $(grep -o '"sentence" : "[^"]*' "$1.out" | cut -c14-300)" >/dev/console
    { kill $waster && wait $waster; } 2>/dev/null || true
    rm -rf /tmp/written /mnt/[0-9]*
}

guest() {
    ext4 200
    for program in ${LAB_PROGRAMS:-classic shared files sockets pipes queues written zombies threads forks \
        eventfd epoll locked slowly cached three space slowfd}; do one "$program"; done
}

expect <<'END'
held, own, files, descriptors = "held for user space", "user space grew", "process, open files", "/fd"
tmpfs = ("class", "shmem and tmpfs")
right = {
    "classic": (own, "process", "leaker", "kmemcheck maps"),
    "shared": (held, "process, shared memory", "leaker", "kmemcheck maps"),
    "files": (held, files, "leaker", descriptors),
    "sockets": (held, files, "leaker", descriptors),
    "pipes": (held, files, "leaker", descriptors),
    "queues": (held, files, "leaker", descriptors),
    "written": (held, *tmpfs, "df -t tmpfs"),
    "zombies": (held, "process, zombies", "leaker", "ps --ppid"),
    "threads": (held, "process, threads", "leaker", "ps -L -p"),
    "forks": (held, "process, children", "leaker", "ps --ppid"),
    "eventfd": (held, files, "leaker", descriptors),
    "epoll": (held, files, "leaker", descriptors),
    "locked": (own, "process", "leaker", "kmemcheck maps"),
    "slowly": (own, "process", "leaker", "kmemcheck maps"),
    "cached": (own, "process", "leaker", "kmemcheck maps"),
    "three": (own, "process", "leaker", "kmemcheck maps"),
    "space": (held, "process, address space", "leaker", "--sort vss"),
    "slowfd": (held, files, "leaker", descriptors),
}
programs(right)
END
