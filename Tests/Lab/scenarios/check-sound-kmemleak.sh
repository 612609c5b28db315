# A sound kernel is never accused, whatever command runs again and again: with kmemleak.
#@ kernels: 6.12
#@ boot: kmemleak=on sysctl.vm.mem_profiling=never lab.alone=check-sound
#@ run: hand
#@ limit: 20000

guest() {
    prepare_triggers
    for times in ${LAB_REPEATS:-20}; do sound $times ${LAB_TRIGGERS:-$HARMLESS $LEAVING}; done
}

expect <<'END'
sound()
END
