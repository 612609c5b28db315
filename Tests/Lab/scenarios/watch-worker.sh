# A workqueue leaks 128 KiB a second: watch says that the kernel grows, and names the cache, or the line of source.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 240

guest() {
    load kmemlab_worker
    settle
    (while :; do
        echo "16 4096" >/sys/kernel/debug/kmemlab/kmemlab_worker/leak
        usleep 500000
    done) &
    leaker=$!
    run watch kmemcheck watch --fresh --for 120s --interval 1s --json
    kill $leaker
}

expect <<'END'
exit_status("watch", 1)
said = document("watch.out")
verdict = said["verdict"]
check(verdict["word"] == "growing, cause unknown", f"the verdict is {verdict['sentence']}")
caches = [row["name"] for row in said["growing"] if row["kind"] == "cache"]
named = verdict["culprit"]["name"]
lines = [row["name"] for row in said["growing"] if row["kind"] == "line"]
# A line, counted to the byte, may be sure before the cache that it fills is.
check(caches == ["kmalloc-4k"] or lines and not caches, f"{caches} are accused, not kmalloc-4k alone")
if lines:
    check("kmemlab_worker_take [kmemlab_worker]" in named, f"{named} is named, not the worker's line")
    check(not caches or verdict["place"]["name"] == "kmalloc-4k", f"it is said to be in {verdict['place']}")
else:
    check(named == "kmalloc-4k", f"{named} is named, not kmalloc-4k")
for row in said["growing"]:
    check(row["role"] == "kernel", f"{row['name']} is accused, which is {row['role']}")
    rate = row["perSecond"] / KiB
    check(40 < rate < 200, f"{row['name']} grows by {rate:.0f} KiB a second, and 128 or a little less were leaked")
check(any("kmemcheck scan" in step for step in said["next"]), f"the next steps are {said['next']}")
END
