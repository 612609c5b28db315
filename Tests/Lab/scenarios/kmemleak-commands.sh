# Single commands: done, answered, or refused with a reason; what can't be undone only with --yes.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab=commands
#@ run: quick

guest() {
    load kmemlab_kmalloc
    leak kmemlab_kmalloc 10 200
    run stop kmemcheck kmemleak scan=off
    if scanner_runs; then echo runs; else echo stopped; fi >stopped
    run start kmemcheck kmemleak scan=600
    if scanner_runs; then echo runs; else echo stopped; fi >started
    run stack kmemcheck kmemleak stack=off
    run scan kmemcheck scan --json
    address=$(sed -n 's/^unreferenced object \(0x[0-9a-f]*\).*/\1/p' /sys/kernel/debug/kmemleak | head -n 1)
    echo "$address" >address
    run dump kmemcheck kmemleak dump "$address"
    run nothing kmemcheck kmemleak dump 0x10
    run wrong kmemcheck kmemleak offline
    run unsure kmemcheck kmemleak clear
    grep -c '^unreferenced' /sys/kernel/debug/kmemleak >kept || true
    run clear kmemcheck kmemleak clear --yes
    run listed kmemcheck leaks
    run user as_user kmemcheck scan
    run off kmemcheck kmemleak off --yes
    run status kmemcheck kmemleak scan=on
}

expect <<'END'
for name in ["stop", "start", "stack", "dump", "clear", "listed", "off"]:
    exit_status(name, 0)
check((text("stopped").strip(), text("started").strip()) == ("stopped", "runs"), "the scanner doesn't obey")
says("dump", text("address").strip(), "kmemlab_kmalloc_take")
exit_status("nothing", 66)
exit_status("wrong", 64)
exit_status("unsure", 64)
says("unsure", "--yes", "never reported again")
check(int(text("kept")) >= 10, "objects were cleared without --yes")
says("listed", "lists no unreferenced object")
exit_status("status", 69)
says("status", "turned-off", "reboot")
exit_status("user", 77)
END
