# On Debian's own kernels trace names the leaking function of each kind within 30 s, at its rate.
#@ kernels: 6.1-stock 6.12-stock
#@ boot:
#@ run: full
#@ limit: 1500

guest() {
    load kmemlab_merge_a
    settle
    trace_leaks <<LEAKS
kmalloc kmalloc --all 64 2000
kmalloc-alone kmalloc kmalloc-2k 64 2000
cache cache --all 64
merge_b merge_b --all 64
pages0 pages0 --pages 64
pages4 pages4 --pages 8
percpu percpu --percpu 16 8192
chain chain --all 64 4096
ring ring --all 64 4096
notleak notleak --all 64 4096
timer timer --all 64 4096
worker worker --all 64 4096
large other --all 8 65536
gone gone --all 64 4096
LEAKS
}

expect <<'END'
traced(kernel)
END
