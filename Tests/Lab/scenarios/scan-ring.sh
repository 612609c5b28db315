# A lost ring: what the kernel says is repeated to the object, and growth catches what it doesn't say.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=scan-ring
#@ run: full

guest() {
    load kmemlab_ring
    settle
    run check kmemcheck check --json -- sh -c 'echo "4096 2048" >/sys/kernel/debug/kmemlab/kmemlab_ring/leak'
    run text kmemcheck leaks
    grep -c '^unreferenced' /sys/kernel/debug/kmemleak >listed || true
}

expect <<'END'
listed = int(text("listed").strip() or 0)
found = document("check.out")
said = found["leaks"]["objects"]
check(said <= listed, f"{said} objects are reported, the kernel lists {listed}")
grown = [one for one in found["series"] if one["kind"] == "cache" and one["growth"] >= 7 * MiB]
check([one["id"] for one in grown] == ["kmalloc-2k"], f"the growth isn't named: {grown}")
# All or none: with none the growth alone is left, which is no proof.
exit_status("check", 1 if said else 2)
check(found["verdict"]["word"] == ("leak confirmed" if said else "growing, cause unknown"), found["verdict"])
END
