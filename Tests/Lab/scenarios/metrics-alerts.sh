# Lost objects and pages in no class, as metrics tell them: with these texts the alerts are tested.
#@ kernels: 6.12
#@ boot: kmemleak=on sysctl.vm.mem_profiling=0
#@ run: full
#@ limit: 300

guest() {
    load kmemlab_kmalloc
    load kmemlab_pages0
    settle
    leak kmemlab_kmalloc 100 1000
    scan_twice
    snap found
    drip kmemlab_pages0 64
    # The textfile is written each minute.
    run record kmemcheck watch --record --history pages.sqlite --textfile pages.prom --for 130s --interval 2s --json
    stop_drip
    run objects kmemcheck metrics found.tar.zst
}

expect <<'END'
said = text("pages.prom")
check('kmemcheck_verdict{verdict="unaccounted"} 1' in said, "the verdict isn't unaccounted")
check("kmemcheck_available_seconds +Inf" not in said, "it isn't told when memory ends")
objects = [line for line in text("objects.out").splitlines() if 'module="kmemlab_kmalloc"' in line]
check(objects, "kmemleak's objects aren't told")
END
