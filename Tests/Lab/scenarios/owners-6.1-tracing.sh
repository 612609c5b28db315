# With slub_debug=U every slab leak has its function, to the byte.
#@ kernels: 6.1
#@ boot: kmemleak=off slub_debug=U
#@ run: full
#@ limit: 400

guest() {
    leak_all
}

expect <<'END'
matrix("owners-6.1-tracing"[7:].replace("-", " "), vmalloc="right_function", percpu="unnamed_for_good", gone="unnamed_for_good", pages0="unnamed", pages4="unnamed", other="unnamed", others="right_function")
END
