# kmemleak sees neither pages nor objects marked as no leak; the slope of twenty runs does.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    for kind in pages0 notleak churn; do
        load kmemlab_$kind
        amount="64 4096"
        [ $kind = churn ] && amount="2000 200"
        run $kind kmemcheck check --repeat 20 --json -- sh -c "echo $amount >/sys/kernel/debug/kmemlab/kmemlab_$kind/leak"
    done
}

expect <<'END'
for kind in ["pages0", "notleak"]:
    exit_status(kind, 1)
    found = document(f"{kind}.out")
    check(found["verdict"]["word"] == "leak confirmed", f"{kind}: {found['verdict']}")
    check(found["leaks"]["objects"] == 0, f"{kind}: kmemleak is said to have found {found['leaks']['objects']} objects")
leaking = {one["name"]: one for one in document("pages0.out")["series"] if one["leaks"]}
near(leaking.get("unaccounted", {}).get("trend", {}).get("perIteration"), 64 * 4 * KiB, 64 * 4 * KiB * 0.02, "pages lost per run")
leaking = {one["name"]: one for one in document("notleak.out")["series"] if one["leaks"]}
near(leaking.get("kmalloc-4k", {}).get("trend", {}).get("perIteration"), 64 * 4 * KiB, 64 * 4 * KiB * 0.02, "kmalloc-4k lost per run")
exit_status("churn", 0)
END
