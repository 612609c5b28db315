"""Parsers by themselves: megabytes per second of processor time."""
import pathlib
import re
import subprocess

from bench import MEASURE, ROOT, Skipped, folder, kmemcheck, least, ms

GOAL = 400


def rows(table):
    if not pathlib.Path(MEASURE).exists():
        raise Skipped("the product 'measure' isn't built beside kmemcheck")
    with folder() as place:
        # Of a small text, half the time goes into the names, which are made once a file: it has no goal.
        for kind, text, goal in texts(place):
            file = pathlib.Path(place) / kind
            file.write_text(text)
            best, middle, records, size = measured(kind.partition("-")[0], file)
            table.row(f"parsing {kind} ({int(records):,} records)", f"{best} MB/s (middle: {middle})",
                      f"{GOAL} MB/s" if goal else "", int(best) >= GOAL if goal else None)
        allocation_changes(table, place)
        modules(table, place)


def measured(*words):
    return subprocess.run([MEASURE, *map(str, words)], check=True, capture_output=True, text=True).stdout.split()


def texts(place):
    for kind, goal in (("slabinfo", True), ("zoneinfo", False), ("meminfo", False), ("vmallocinfo", False)):
        yield kind, pathlib.Path("/proc", kind).read_text(), goal
    yield "zoneinfo-large", large_zoneinfo(), True
    yield "allocinfo", allocinfo(0), False
    report = subprocess.run([ROOT / "Tests/Benchmarks/kmemleak-report", "86000"], check=True, capture_output=True)
    yield "kmemleak", report.stdout.decode(), True


def large_zoneinfo():
    """The text of a machine with 8 nodes and 64 processors, made of this one's."""
    text = pathlib.Path("/proc/zoneinfo").read_text()
    block = re.search(r"    cpu: 0\n(.*?)(?=    cpu: |  node_unreclaimable|Node )", text, re.DOTALL).group(1)
    lists = "".join(f"    cpu: {number}\n{block}" for number in range(64))
    zone = re.sub(r"    cpu: 0\n.*?(?=  node_unreclaimable|Node |\Z)", lambda _: lists, text, flags=re.DOTALL)
    return "".join(zone.replace("Node 0,", f"Node {node},") for node in range(8))


def allocinfo(growth):
    """5,000 call sites; those of a file follow each other, as the kernel prints them."""
    lines = ["allocinfo - version: 1.0\n", "#     <size>  <calls> <tag info>\n"]
    for i in range(1, 5001):
        size = i * 4096 + (growth if i % 100 == 0 else 0)
        lines.append(f"{size:12d} {i:8d} drivers/net/ethernet/vendor{i // 128}/file{i // 8}.c:{i} "
                     f"[module{i // 24}] func:function_{i}\n")
    return "".join(lines)


def allocation_changes(table, place):
    sides = []
    for side, growth in (("before", 0), ("after", 1 << 20)):
        proc = pathlib.Path(place) / side / "proc"
        proc.mkdir(parents=True)
        (proc / "meminfo").write_text(pathlib.Path("/proc/meminfo").read_text())
        (proc / "allocinfo").write_text(allocinfo(growth))
        sides.append(proc.parent)
    ours = least(kmemcheck("diff", *sides), runs=10, statuses=(0, 1, 2))
    table.row("diff of 5,000 allocinfo tags", ms(ours.processor))
    best, first, changed = measured("allocinfo-changes", *(side / "proc/allocinfo" for side in sides))
    table.row(f"of it parsing both, {changed} lines changed", f"{best} ms (first time: {first} ms)", "10 ms",
              float(best) < 10)


def modules(table, place):
    found = sorted(pathlib.Path("/lib/modules").rglob("*.ko*"))[:200]
    if len(found) < 200:
        table.row("names in 200 files of modules", "not there")
        return
    index, again, usable = measured("module-names", f"{place}/modules", *found)
    table.row(f"names in {usable} files of modules", f"{index} ms, then {again} ms", "2 s, then 10 ms",
              float(index) <= 2000 and float(again) <= 10)
