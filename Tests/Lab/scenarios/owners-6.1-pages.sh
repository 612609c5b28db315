# With page_owner, pages in no class have their function: summed from the list of all pages.
#@ kernels: 6.1
#@ boot: kmemleak=off page_owner=on
#@ run: full
#@ limit: 400

guest() {
    leak_all --costly
}

expect <<'END'
matrix("owners-6.1-pages"[7:].replace("-", " "), cache="right_module", merge_b="in_set", vmalloc="right_function", percpu="unnamed_for_good", pages0="right_function", pages4="right_function", other="right_function", others="unnamed")
END
