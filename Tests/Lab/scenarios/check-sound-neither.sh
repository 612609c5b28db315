# A sound kernel is never accused, whatever command runs again and again: with neither kmemleak nor allocinfo.
#@ kernels: 6.12
#@ boot: kmemleak=off sysctl.vm.mem_profiling=never lab.alone=check-sound
#@ run: quick
#@ limit: 20000

guest() { sound; }

expect <<'END'
sound("neither")
END
