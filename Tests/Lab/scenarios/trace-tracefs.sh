# Without BPF, by tracefs alone, trace names the leaking function within 60 s on Debian's own kernels.
#@ kernels: 5.10-stock 6.1-stock 6.12-stock
#@ boot:
#@ run: full
#@ limit: 900

guest() {
    settle
    LAB_TRACE_SPAN=60s
    trace_leaks <<LEAKS
kmalloc kmalloc --all,--engine,tracefs 64 2000
cache cache --all,--engine,tracefs 64
pages0 pages0 --pages,--engine,tracefs 64
percpu percpu --percpu,--engine,tracefs 16 8192
LEAKS
    mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null || true
    ls /sys/kernel/tracing/instances >instances
    cat /sys/kernel/tracing/kprobe_events >probes
}

expect <<'END'
traced(kernel)
check(not text("instances").strip(), "an instance is left behind: " + text("instances"))
check(not text("probes").strip(), "a probe is left behind: " + text("probes"))
END
