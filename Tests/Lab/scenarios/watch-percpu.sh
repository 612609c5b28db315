# 512 KiB leaked a second from per-CPU memory: the line of source, or else the class.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_percpu
    settle
    drip kmemlab_percpu 16 8192
    watch_for 60s
    stop_drip
}

expect <<'END'
# With two processors, the kernel counts an object of S bytes on each, and for pointers as much again.
watched().leak("kmemlab_percpu", "percpu", counted=2)
END
