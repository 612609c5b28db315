# A driver takes all of the CMA, whose failures are a line each, and some of them suppressed: the log alone says it was full.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off mem=640M cma=64M
#@ run: full

guest() {
    spare
    load kmemlab_cma
    leak kmemlab_cma 96 1048576
    log
    free_kept kmemlab_cma
}

expect <<'END'
found = shortage()
found.cause("cmaFull", "no room for 256 pages")
check(not found.json["reports"][0]["holders"], "a line alone accuses nobody")
END
