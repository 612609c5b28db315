# What an unloaded module leaked is put down to it by the recorded module list, never to its successor.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=leaks-gone
#@ run: full

guest() {
    settle
    load kmemlab_gone
    kmemcheck snap                      # in the store: where modules lie now
    sleep 2
    leak kmemlab_gone 200 1000
    sleep 2
    kmemcheck snap
    unload kmemlab_gone
    scan_twice
    run bare kmemcheck leaks --json     # its frames are bare addresses
    load kmemlab_other
    run found kmemcheck leaks --json    # the kernel says they are kmemlab_other's
    cp /sys/kernel/debug/kmemleak report
    mv /lib/modules/*/updates/kmemlab_gone.ko .
    run fileless kmemcheck leaks --json
    mv kmemlab_gone.ko /lib/modules/*/updates
}

expect <<'END'
check("[kmemlab_other]" in text("report"), "the kernel puts nothing into kmemlab_other: this tests nothing")
for name in ["bare", "found"]:
    found = leaks(name)
    group = found.at_its_line("kmemlab_gone")
    check(group and group["objects"] >= 190, f"{name}: {group and group['objects']} objects of 200")
    check(group and group["culprit"]["moduleFromRecordedList"], f"{name}: as if the kernel had named the module")
    found.accuses_nobody_of("kmemlab_other")
# Without the file the function can't be named; the module can.
fileless = leaks("fileless")
fileless.accuses_nobody_of("kmemlab_other")
check(any(group["module"] == "kmemlab_gone" for group in fileless.json["groups"]), "the module isn't named")
END
