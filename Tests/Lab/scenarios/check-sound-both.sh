# A sound kernel is never accused, whatever command runs again and again: with kmemleak and allocinfo.
#@ kernels: 6.12
#@ boot: kmemleak=on lab.alone=check-sound
#@ run: quick
#@ limit: 20000

guest() { sound; }

expect <<'END'
sound("both")
END
