# A timer leaks in nobody's context: watch names the cache, in time that its history was recorded before.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 240

guest() {
    load kmemlab_timer
    settle
    drip kmemlab_timer 16 4096
    run record kmemcheck watch --record --history watch.sqlite --for 40s --interval 1s --json
    # With what was recorded, a few samples more are enough.
    run watch kmemcheck watch --history watch.sqlite --for 60s --interval 1s --json
    stop_drip
}

expect <<'END'
said = watched().leak("kmemlab_timer", "kmalloc-4k", "slab, unreclaimable")
check(said.json["recordedSeconds"] > 20, f"only {said.json['recordedSeconds']} s of the history were used")
END
