"""Captures and histories that were damaged, or that strangers made."""
import functools
import json
import os
import pathlib
import random
import subprocess

from fault import expect, fault, folder, run, status_is


@functools.cache
def capture(kind):
    """The bytes of a capture: of this machine, or of a tree of two files, which is quick to read."""
    with folder() as place:
        target = f"{place}/a.tar.zst"
        if kind == "machine":
            status_is(run("snap", "--no-processes", "-o", target), 0)
        else:
            proc = pathlib.Path(place) / "tree/proc"
            proc.mkdir(parents=True)
            (proc / "meminfo").write_text(MEMINFO)
            (proc / "buddyinfo").write_text("Node 0, zone   Normal " + "1 " * 11 + "\n")
            status_is(run("redact", f"{place}/tree", "-o", target), 0)
        return pathlib.Path(target).read_bytes()


MEMINFO = "".join(f"{name}: {kilobytes} kB\n" for name, kilobytes in {
    "MemTotal": 8000000, "MemFree": 5000000, "MemAvailable": 6000000, "Buffers": 1000, "Cached": 900000,
    "Slab": 90000, "SReclaimable": 10000, "SUnreclaim": 80000, "KernelStack": 4000, "PageTables": 9000}.items())


def tried(number):
    """Each tenth try is of the large capture."""
    return capture("tree" if number % 10 else "machine")


def shown(content):
    """What `show` says of a capture with that content."""
    with folder() as place:
        path = pathlib.Path(place) / "a.tar.zst"
        path.write_bytes(content)
        result = run("show", path.name, cwd=place)
        expect(result.returncode in (0, 65), f"status {result.returncode}: {result.stderr[:200]!r}")
        return result


def is_said(result):
    """Whether it was refused, or the answer speaks of the damage."""
    return result.returncode == 65 or any(word in result.stdout for word in (b"damaged", b"ends early", b"was cut"))


@functools.cache
def whole(content):
    """What `show` says of a capture that nobody damaged."""
    result = shown(content)
    expect(not is_said(result), "a whole capture is called damaged")
    return result.stdout


@fault("a capture that was cut is refused, or what is whole in it is used and the rest named", quick=10, full=1000)
def cut(number):
    content = tried(number)
    length = random.Random(number).randrange(len(content))
    result = shown(content[:length])
    expect(is_said(result), f"{length} of {len(content)} bytes pass for the whole")


def with_a_flip(number):
    chance = random.Random(number)
    content = bytearray(tried(number))
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


@fault("a flipped bit is said, or what is read is the same to the byte", quick=10, full=10000)
def flipped(number):
    result = shown(with_a_flip(number))
    expect(is_said(result) or result.stdout == whole(tried(number)), f"try {number}: it's read as whole, and differs")


@fault("`list` marks captures with a flipped bit, and @last passes them over", quick=1, full=20)
def listed(batch):
    with folder() as place:
        (pathlib.Path(place) / "whole.tar.zst").write_bytes(capture("machine"))
        for number in range(batch * 20, batch * 20 + 20):
            (pathlib.Path(place) / f"{number}.tar.zst").write_bytes(with_a_flip(number))
        known = json.loads(run("list", "--json", place, limit=120).stdout)["captures"]
        fine = {pathlib.Path(row["path"]).name for row in known if row["damage"] is None}
        expect("whole.tar.zst" in fine, "a whole capture is marked")
        for name in fine - {"whole.tar.zst"}:
            expect(not is_said(shown((pathlib.Path(place) / name).read_bytes())), f"try {name} isn't marked")


@fault("files that never end, and pipes that nobody writes, are refused", quick=1, full=3)
def endless(_):
    with folder() as place:
        os.mkfifo(f"{place}/pipe")
        for words in (["leaks", "--suppressions", "/dev/zero", "-"],
                      ["leaks", "--suppressions", f"{place}/pipe", "-"]):
            result = run(*words, limit=30)
            expect(result.returncode in (64, 65, 66), f"{words}: status {result.returncode}")


ROWS = {
    "proc/modules": lambda row: f"m{row} 16384 0 - Live 0x0000000000000000\n",
    "proc/buddyinfo": lambda row: f"Node {row}, zone   Normal 1 1 1 1 1 1 1 1 1 1 1\n",
    "proc/meminfo": lambda row: f"X{row}: 1 kB\n",
    "proc/allocinfo": lambda row: ("" if row else "allocinfo - version: 1.0\n") + f"64 1 a/{row}.c:1 func:f{row}\n",
    "proc/slabinfo": lambda row: ("" if row else "slabinfo - version: 2.1\n")
    + f"c{row} 1 1 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n",
    "var/log/dmesg": lambda row: f"[{row}.0] usb 1-{row}: new\n",
}


@fault("a small archive of endless rows takes no more than 512 MiB, and ends in time", quick=1, full=3)
def rows(_):
    for path, row in ROWS.items():
        with folder() as place:
            source = pathlib.Path(place) / "tree" / path
            source.parent.mkdir(parents=True)
            with open(source, "w") as file:
                for number in range(1_000_000):
                    file.write(row(number))
            if path != "proc/meminfo":
                (source.parents[len(path.split("/")) - 1] / "proc").mkdir(exist_ok=True)
                (pathlib.Path(place) / "tree/proc/meminfo").write_text("MemTotal: 100000 kB\nMemFree: 1000 kB\n")
            subprocess.run(["tar", "-C", place, "--zstd", "-cf", f"{place}/a.tar.zst", "tree"], check=True)
            peak = f"{place}/peak"
            result = run("show", f"{place}/a.tar.zst", limit=120, prefix=("/usr/bin/env", "python3", "-c", PEAK, peak))
            expect(result.returncode in (0, 1, 65), f"{path}: status {result.returncode}")
            taken = int(pathlib.Path(peak).read_text()) >> 10
            expect(taken <= 512, f"{path}: {taken} MiB")


# Runs a command and writes the most memory that it had, in KiB.
PEAK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
"""
