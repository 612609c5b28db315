# With slab_nomerge each cache counts for itself, so its module is likely.
#@ kernels: 6.1
#@ boot: kmemleak=off slab_nomerge
#@ run: full
#@ limit: 400

guest() {
    leak_all
}

expect <<'END'
matrix("owners-6.1-nomerge"[7:].replace("-", " "), cache="right_module", merge_b="right_module", vmalloc="right_function", percpu="unnamed_for_good", others="unnamed")
END
