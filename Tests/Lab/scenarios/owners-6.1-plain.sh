# On a plain kernel, names and constructors tell what they can, and the next step is named.
#@ kernels: 6.1
#@ boot: kmemleak=off
#@ run: full
#@ limit: 400

guest() {
    leak_all
}

expect <<'END'
matrix("owners-6.1-plain"[7:].replace("-", " "), cache="right_module", merge_b="in_set", vmalloc="right_function", percpu="unnamed_for_good", others="unnamed")
END
