# kmemleak sees neither pages nor objects marked as no leak; the slope of twenty runs does.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=check-blind
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
# Pages have no cache: allocation profiling counts them to the byte, where there is some; else they are
# what the books lack, which a few pages on processors' lists blur.
leaking = {one["id"]: one for one in document("pages0.out")["series"] if one["leaks"]}
lines = [one for name, one in leaking.items() if "kmemlab_pages0_take" in name]
lost = (lines or [leaking.get("unaccounted", {})])[0].get("trend", {}).get("perIteration")
near(lost, 64 * 4 * KiB, 64 * 4 * KiB * (0 if lines else 0.02), "pages lost per run")
check(bool(lines) == (kernel != "6.1"), f"lines of source: {sorted(leaking)}")
leaking = {one["id"]: one for one in document("notleak.out")["series"] if one["leaks"]}
near(leaking.get("kmalloc-4k", {}).get("trend", {}).get("perIteration"), 64 * 4 * KiB, 64 * 4 * KiB * 0.02, "kmalloc-4k lost per run")
exit_status("churn", 0)
END
