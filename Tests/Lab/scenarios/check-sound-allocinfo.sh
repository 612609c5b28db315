# A sound kernel is never accused, whatever command runs again and again: with allocinfo alone.
#@ kernels: 6.12
#@ boot: kmemleak=off lab.alone=check-sound
#@ run: full
#@ limit: 20000

guest() { sound; }

expect <<'END'
sound("allocinfo")
END
