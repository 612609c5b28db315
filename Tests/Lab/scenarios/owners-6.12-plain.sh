# Without profiling, names and constructors tell what they can, and the switch is named.
#@ kernels: 6.12
#@ boot: kmemleak=off sysctl.vm.mem_profiling=0
#@ run: full
#@ limit: 400

guest() {
    leak_all
}

expect <<'END'
matrix("owners-6.12-plain"[7:].replace("-", " "), cache="right_module", merge_b="in_set", vmalloc="right_function", percpu="unnamed", others="unnamed")
END
