# On Debian's own kernels check names the function that leaks at each run, and none where nothing leaks.
#@ kernels: 6.1-stock 6.12-stock
#@ boot:
#@ run: full
#@ limit: 600

guest() {
    load kmemlab_kmalloc
    settle
    run leaks kmemcheck check --repeat 20 --json -- sh -c 'echo 64 2000 >/sys/kernel/debug/kmemlab/kmemlab_kmalloc/leak'
    run harmless kmemcheck check --repeat 20 --json -- true
}

expect <<'END'
verdict = document("leaks.out")["verdict"]
check(verdict["word"] == "leak confirmed", f"leaks: {verdict['sentence']}")
check("kept by kmemlab_kmalloc_take" in verdict["sentence"], f"nobody is named: {verdict['sentence']}")
verdict = document("harmless.out")["verdict"]
check(not verdict["word"].startswith("leak"), f"harmless: {verdict['sentence']}")
END
