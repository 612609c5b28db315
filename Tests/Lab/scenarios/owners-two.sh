# Two modules leak into one cache at once, at 10:1: both are named, in order, with their shares.
#@ kernels: 6.12
#@ boot: kmemleak=off
#@ run: quick

guest() {
    load kmemlab_kmalloc
    load kmemlab_notleak
    settle
    snap before
    leak kmemlab_kmalloc 5120 2000
    leak kmemlab_notleak 512 2000
    snap after
    run text kmemcheck diff before.tar.zst after.tar.zst
}

expect <<'END'
entry = owner_of(diff(), "kmalloc-2k")
named = [(one["module"], one["confidence"]) for one in entry["candidates"][:2]]
check(named == [("kmemlab_kmalloc", "exact"), ("kmemlab_notleak", "exact")], f"named are {named}")
shares = [one["share"] * 11 for one in entry["candidates"][:2]]
check(abs(shares[0] - 10) < 0.2 and abs(shares[1] - 1) < 0.1, f"the shares are {shares} of 11")
says("text", "kmemlab_kmalloc_take kmemlab/kmemlab_kmalloc.c:", "kmemlab_notleak_take kmemlab/kmemlab_notleak.c:")
END
