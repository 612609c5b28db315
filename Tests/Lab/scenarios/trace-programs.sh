# On Debian's own kernels, the old one with other events included, trace names the function that programs have
# allocate ever more, by either engine that the kernel has: no module is needed for that.
#@ kernels: 5.10-stock 6.1-stock 6.12-stock 7.3-stock
#@ boot:
#@ run: full
#@ limit: 1200

guest() {
    settle
    run status kmemcheck status
    run status-json kmemcheck status --json
    waste eventfd 8
    trace_for eventfd "${LAB_TRACE_SPAN:-40s}" --all
    trace_for eventfd-tracefs "${LAB_TRACE_SPAN:-40s}" --all --engine tracefs
    stop_waste
    waste pipes 8
    trace_for pipes "${LAB_TRACE_SPAN:-40s}" --pages
    trace_for pipes-tracefs "${LAB_TRACE_SPAN:-40s}" --pages --engine tracefs
    stop_waste
    trace_for percpu "${LAB_TRACE_SPAN:-40s}" --percpu
    run programs kmemcheck trace --for 5s --engine bpf
    mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null || true
    ls /sys/kernel/tracing/instances >instances
    cat /sys/kernel/tracing/kprobe_events >probes
}

expect <<'END'
for engine in ("", "-tracefs"):
    rising("eventfd" + engine, "do_eventfd")
    # What takes the page has a function of its own since 7.
    rising("pipes" + engine, "pipe_write", "anon_pipe_prefill_and_lock")
rising("percpu")
# Programs of BPF know the events as they are since 6.1.
if kernel == "5.10-stock":
    exit_status("programs", 69)
    says("programs", "kmem/kmalloc", "6.1")
    says("eventfd", "events of tracefs")
check(not text("instances").strip(), "an instance is left behind: " + text("instances"))
check(not text("probes").strip(), "a probe is left behind: " + text("probes"))
END
