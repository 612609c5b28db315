# 64 MiB of anonymous memory move their own class.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    settle
    snap before
    hold anonymous 64
    told $((64 << 20)) anonymous
    snap after
    release
}

expect <<'END'
found = diff()
near(found.growth("anonymous"), truth("anonymous").bytes, 2 * MiB, "growth of anonymous")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
found.balances()
END
