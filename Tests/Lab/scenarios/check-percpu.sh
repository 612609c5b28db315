# Eight bytes of per-CPU memory at each of twenty runs: kmemleak finds them, one finding, nobody else.
#@ kernels: 6.12
#@ boot: kmemleak=on lab.alone=check-percpu
#@ run: full
#@ limit: 1000

guest() {
    load kmemlab_percpu
    run small kmemcheck check --repeat 20 --json -- sh -c "echo 1 8 >/sys/kernel/debug/kmemlab/kmemlab_percpu/leak"
}

expect <<'END'
exit_status("small", 1)
found = document("small.out")
check(found["verdict"]["word"].startswith("leak"), found["verdict"])
check("kmemlab_percpu" in found["verdict"]["sentence"], found["verdict"])
END
