# With page_owner, pages in no class have their function.
#@ kernels: 6.12
#@ boot: kmemleak=off sysctl.vm.mem_profiling=0 page_owner=on
#@ run: full
#@ limit: 400

guest() {
    leak_all
}

expect <<'END'
matrix("owners-6.12-pages"[7:].replace("-", " "), cache="right_module", merge_b="in_set", vmalloc="right_function", pages0="right_function", pages4="right_function", other="right_function", others="unnamed")
END
