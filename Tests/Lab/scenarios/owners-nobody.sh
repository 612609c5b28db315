# Churn, listings and modules that come and go: no module is accused of anything.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full

guest() {
    load kmemlab_churn
    settle
    snap before
    leak kmemlab_churn 8192 2000
    ls -R /proc/sys /sys/kernel >/dev/null 2>&1 || true
    for round in 1 2 3 4 5; do
        load kmemlab_other
        unload kmemlab_other
    done
    snap after
}

expect <<'END'
found = diff()
accused = [(entry["id"], one["module"]) for entry in found.json["owners"] for one in entry["candidates"]
           if one["module"] and (one["growth"] or entry["growth"]) > MiB]
check(accused == [], f"accused are {accused}")
check(found.verdict["word"] in ("stable", "cache (reclaimable)"), f"the verdict is {found.verdict}")
END
