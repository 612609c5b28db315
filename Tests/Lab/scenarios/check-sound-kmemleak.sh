# A sound kernel is never accused, whatever command runs again and again: with kmemleak alone.
#@ kernels: 6.12
#@ boot: kmemleak=on sysctl.vm.mem_profiling=never lab.alone=check-sound
#@ run: full
#@ limit: 20000

guest() { sound; }

expect <<'END'
sound("kmemleak")
END
