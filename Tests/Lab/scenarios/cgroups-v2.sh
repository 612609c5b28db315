# Services in control groups: their memory and what is dying as the kernel tells it, and watch names the one that grows.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full
#@ limit: 260

# service NAME COMMAND…: starts it in a group of its own, as systemd does.
service() {
    mkdir -p "$system/$1"
    name=$1
    shift
    (echo 0 >"$system/$name/cgroup.procs" && exec "$@") &
}

guest() {
    system=/sys/fs/cgroup/system.slice
    mkdir -p $system
    echo +memory >/sys/fs/cgroup/cgroup.subtree_control
    echo +memory >$system/cgroup.subtree_control
    settle
    service steady.service hold anonymous 32 >held
    soon grep ready held
    # Two that are removed, and 8 MiB of tmpfs each are still charged to them.
    for number in 1 2; do
        service gone$number.service dd if=/dev/zero of=/tmp/kept$number bs=1M count=8
        wait $!
        soon rmdir $system/gone$number.service
    done
    service grows.service leaker classic 20
    waster=$!
    sleep 2
    tell before
    run top kmemcheck top --cgroups --json
    tell after
    pace_waste
    watch_for 150s
    stop_waste
}

# The kernel's own numbers, a line each.
tell() {
    for group in system.slice system.slice/steady.service system.slice/grows.service; do
        echo "$group $(cat /sys/fs/cgroup/$group/memory.current)"
    done >current.$1
    grep nr_dying_descendants /sys/fs/cgroup/cgroup.stat >>dying.$1
    grep nr_dying_descendants $system/cgroup.stat >>dying.$1
}

expect <<'END'
exit_status("top", 0)
said = document("top.out")
groups = {row["path"]: row for row in said["groups"]}
before, after = ({line.split()[0]: int(line.split()[1]) for line in text(f"current.{when}").splitlines()}
                 for when in ("before", "after"))
# Pages are charged 64 at a time on each of the two processors.
slack = 512 * KiB
for path in before:
    held = groups[path]["memory"]
    check(before[path] - slack <= held <= after[path] + slack,
          f"{path} holds {held}, and the kernel said {before[path]} before and {after[path]} after")
near(groups["system.slice/steady.service"]["anonymous"], 32 * MiB, MiB, "anonymous memory of steady.service")
dying = [int(line.split()[1]) for line in text("dying.before").splitlines()]
check(dying == [2, 2], f"the kernel says that {dying} groups are dying, not two: the scenario proves nothing")
check(text("dying.after") == text("dying.before"), "groups died meanwhile")
check((said["dying"], groups["system.slice"]["dying"]) == (2, 2),
      f"{said['dying']} groups are said to be dying, {groups['system.slice']['dying']} of system.slice")
check(groups["system.slice"]["shmem"] >= 16 * MiB, f"shared memory of system.slice is {groups['system.slice']['shmem']}")
# Watch names the process; its service, that of the slice above left out, grows as fast.
watch = watched()
watch.own("leaker", pace("leaker", "anonymous"), "system.slice/grows.service")
END
