# Beside loads that keep nothing of the kernel's own, trace accuses nobody on Debian's own kernels.
#@ kernels: 6.1-stock 6.12-stock
#@ boot:
#@ run: full
#@ limit: 1800

guest() {
    load loop
    settle
    for load in ${LAB_LOADS:-forks find tar tmpfs files descriptors sockets modules cgroups}; do
        trace_beside "$load" "${LAB_TRACE_SPAN:-40s}"
    done
}

expect <<'END'
untraced()
END
