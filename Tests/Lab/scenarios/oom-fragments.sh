# Free memory is broken up, and a request for 16 pages in one piece fails: the log alone says so, and accuses nobody.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M
#@ run: full

guest() {
    spare
    load kmemlab_fragments
    leak kmemlab_fragments 120000
    log
    free_kept kmemlab_fragments
}

expect <<'END'
found = shortage()
found.cause("fragmentation", "no block of order 4 (64.0 KiB in one piece)")
check(found.last["trigger"] == "allocationFailure", f"it was {found.last['trigger']}")
check(found.last["request"]["order"] == 4, f"asked for order {found.last['request']['order']}")
END
