# On Debian's own kernels a user runs watch, follows the command it prints, and reads the leaking function's name
# within three minutes; trace without a name finds the way there alone; and watch --trace goes it by itself.
#@ kernels: 6.1-stock 6.12-stock
#@ boot:
#@ run: full
#@ limit: 700

guest() {
    load kmemlab_kmalloc
    settle
    drip kmemlab_kmalloc 64 2000
    stamp began
    run watch kmemcheck watch
    stamp watched
    printed_command watch.out "kmemcheck trace" >command
    # shellcheck disable=SC2046 # a command, as a user types it
    run trace $(cat command)
    stamp traced
    run by-itself kmemcheck watch --interval 1s --trace
    stamp by-itself
    run nameless kmemcheck trace --for 30s --json
    stop_drip
}

expect <<'END'
told = text("command").strip()
check(told == "kmemcheck trace kmalloc-2k", f"watch tells to run: {told or text('watch.out')}")
check("kmemlab_kmalloc_take" in text("trace.out"), f"the command names nobody: {text('trace.out')[-300:]}")
exit_status("trace", 1)
check(between("began", "traced") <= 180, f"it took {between('began', 'traced'):.0f} s")
check("kmemlab_kmalloc_take" in text("by-itself.out"), f"watch --trace: {text('by-itself.out')[-400:]}")
exit_status("by-itself", 1)
nameless = document("nameless.out")
rising = [g["function"].split(".")[0] for g in nameless["groups"] if g["judgement"] == "rising"]
check(rising == ["kmemlab_kmalloc_take"],
      f"trace without a name: {nameless['verdict']['sentence']}")
END
