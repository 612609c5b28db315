"""Two thousand control groups beside bare reads of their files."""
import pathlib

from bench import Skipped, archived, bare, compiled, folder, kmemcheck, least, ms, read_by

COUNT = 2_000


def rows(table):
    root = mounted()
    parent = root / "kmemcheck-bench"
    parent.mkdir()
    try:
        for number in range(COUNT):
            (parent / f"service-{number}").mkdir()
        with folder() as place:
            measured(table, place, parent)
    finally:
        for group in parent.iterdir():
            if group.is_dir():
                group.rmdir()
        parent.rmdir()


def mounted():
    for line in pathlib.Path("/proc/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup2" or kind == "cgroup" and "memory" in options.split(","):
            return pathlib.Path(place)
    raise Skipped("no control groups with memory are mounted")


# The first of them is what the groups are sorted by.
VERSION1 = ["memory.usage_in_bytes", "memory.memsw.usage_in_bytes", "memory.kmem.usage_in_bytes", "memory.stat"]
VERSION2 = ["memory.current", "memory.swap.current", "cgroup.stat", "memory.stat"]


def measured(table, place, parent):
    capture = f"{place}/groups.tar.zst"
    snap = kmemcheck("snap", "--no-processes", "-o", capture)
    least(snap, runs=1)
    everything = bare(place, read_by(capture))
    ours, reads, in_c = least(snap, everything, archived(place, capture, everything[1]), runs=5)
    table.against("snap, 2,000 groups", ours, reads, "bare reads", 1.3)
    table.row("the same against archiving in C", f"{ours.processor / in_c.processor:.1f} × ({ms(in_c.processor)})")
    groups = bare(place, [name for name in read_by(capture) if name.startswith("/sys/fs/cgroup/")])
    names = next(names for names in (VERSION1, VERSION2) if (parent / "service-0" / names[0]).exists())
    in_c = [compiled("groups.c", place), str(parent), *names]
    top, reads, in_c = least(kmemcheck("top", "cgroups"), groups, in_c, runs=10)
    table.against("top cgroups, 2,000 groups", top, reads, "bare reads", 1.3)
    table.row("the same against a table in C", f"{top.processor / in_c.processor:.1f} × ({ms(in_c.processor)})")
