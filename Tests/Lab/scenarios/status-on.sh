# status: kmemleak is compiled in, on, and scanning.
#@ kernels: 6.1 6.12
#@ boot: 
#@ run: quick

guest() {
    run text kmemcheck status
    run json kmemcheck status --json
}

expect <<'END'
exit_status("text", 0)
says("text", "kmemleak  running", "growth by class, cache")
kmemleak_state("running", usable=True)
check((ability("allocinfo") == "yes") == (kernel == "6.12"), f"allocation profiling is {ability('allocinfo')}")
END
