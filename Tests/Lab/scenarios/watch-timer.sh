# A timer leaks in nobody's context: watch names the cache, in time that its history was recorded before.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 240

guest() {
    load kmemlab_timer
    settle
    (while :; do
        echo "16 4096" >/sys/kernel/debug/kmemlab/kmemlab_timer/leak
        usleep 500000
    done) &
    leaker=$!
    run record kmemcheck watch --record --history watch.sqlite --for 40s --interval 1s --json
    # With what was recorded, a few samples more are enough.
    run watch kmemcheck watch --history watch.sqlite --for 60s --interval 1s --json
    kill $leaker
}

expect <<'END'
recorded, said = document("record.out"), document("watch.out")
check(said["recordedSeconds"] > 20, f"only {said['recordedSeconds']} s of the history were used")
check(said["verdict"]["word"] == "growing, cause unknown", f"the verdict is {said['verdict']['sentence']}")
caches = [row["name"] for row in said["growing"] if row["kind"] == "cache"]
# A line, counted to the byte, may be sure before the cache that it fills is.
isLine = "kmemlab_timer" in said["verdict"]["culprit"]["name"]
check(caches == ["kmalloc-4k"] or isLine and not caches, f"{caches} are accused, not kmalloc-4k alone")
check("kmemlab_timer" in said["verdict"]["culprit"]["name"] or said["verdict"]["culprit"]["name"] == "kmalloc-4k",
      f"named is {said['verdict']['culprit']}")
END
