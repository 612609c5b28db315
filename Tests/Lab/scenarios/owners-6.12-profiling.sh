# With allocation profiling every leak has its line of source, to the byte.
#@ kernels: 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 400

guest() {
    leak_all
}

expect <<'END'
matrix("owners-6.12-profiling"[7:].replace("-", " "), percpu="right_module", gone="unnamed", others="right_line")
END
