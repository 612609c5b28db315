"""Captures and histories that were damaged, or that strangers made."""
import concurrent.futures
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


# Each way in which a path is read; PATH is the path.
READERS = [
    ["show", "PATH"], ["show", "--root", "PATH"], ["diff", "PATH", "PATH"], ["top", "PATH"], ["top", "processes", "PATH"],
    ["maps", "1", "PATH"], ["leaks", "PATH"], ["leaks", "--suppressions", "PATH", "-"], ["leaks", "--baseline", "PATH", "-"],
    ["leaks", "--vmlinux", "PATH", "-"], ["report", "-o", "out.html", "PATH"], ["status", "--config", "PATH"],
    ["status", "--root", "PATH"], ["list", "PATH"], ["export", "PATH"], ["metrics", "PATH"], ["metrics", "--history", "PATH"],
    ["metrics", "--replay", "PATH"], ["watch", "--replay", "PATH"], ["fleet", "PATH"], ["trace", "PATH"],
    ["fleet", "--prometheus", "http://127.0.0.1:1", "--bearer-file", "PATH"], ["redact", "PATH", "-o", "out.tar.zst"],
    ["snap", "-o", "out.tar.zst", "--redact", "--redact-key", "PATH"],
    ["watch", "--record", "--for", "1s", "--history", "PATH"],
]


def read_endless(make, readers):
    with folder() as place:
        path = make(place)

        def read(words):
            words = [path if word == "PATH" else word for word in words]
            result = run(*words, limit=200, cwd=place)
            expect(result.returncode in (0, 1, 2, 64, 65, 66, 69, 74, 77),
                   f"{words}: status {result.returncode}, {result.stderr[:200]!r}")

        # Most of the time is waiting.
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            list(threads.map(read, readers))


# Each way waits half a minute for a writer: the first try, which continuous integration has, takes few of them.
@fault("no way to read a path waits for ever at a pipe that nobody writes into", quick=1, full=4)
def pipes(number):
    def make(place):
        os.mkfifo(f"{place}/pipe")
        return f"{place}/pipe"
    read_endless(make, READERS if number else READERS[::4])


@fault("no way to read a path follows a file that never ends", quick=1, full=3)
def endless(_):
    read_endless(lambda place: "/dev/zero", READERS)


@fault("a pipe within a tree is passed over", quick=1, full=3)
def pipe_in_a_tree(_):
    with folder() as place:
        proc = pathlib.Path(place) / "proc"
        proc.mkdir()
        (proc / "meminfo").write_text(MEMINFO)
        os.mkfifo(proc / "slabinfo")
        status_is(run("show", place, limit=60), 0)


@fault("what is written slowly into a pipe is read whole", quick=1, full=5)
def slow_pipe(_):
    with folder() as place:
        os.mkfifo(f"{place}/pipe")
        script = f"(sleep 1; printf 'MemTotal: 8000000 kB\\nMemFree: '; sleep 1; printf '5000000 kB\\nSlab: 90000 kB\\n') >{place}/pipe"
        writer = subprocess.Popen(["sh", "-c", script])
        try:
            result = run("show", f"{place}/pipe")
            status_is(result, 0)
            expect(b"7.6 GiB" in result.stdout, f"it doesn't tell of 8 GB: {result.stdout[:300]!r}")
        finally:
            writer.kill()
            writer.wait()


@fault("a report of a million distinct stacks is refused with the limit, in 512 MiB", quick=1, full=3)
def stacks(number):
    with folder() as place:
        with open(f"{place}/log", "w") as log:
            for number in range(1_000_000):
                log.write(f"unreferenced object 0xffff8881{number * 64:08x} (size 64):\n"
                          f'  comm "c", pid 7, jiffies 4294900000 (age 9.000s)\n  backtrace:\n'
                          f"    [<00000000{number:08x}>] f{number}+0x10/0x20\n")
        ways = [[], ["--json"], ["--junit", f"{place}/junit"], ["--folded"], ["--gen-suppressions"]]
        for words in ways if number else ways[:2]:
            peak = f"{place}/peak"
            result = run("leaks", *words, f"{place}/log", limit=300, prefix=("/usr/bin/env", "python3", "-c", PEAK, peak))
            status_is(result, 65)
            expect(b"100000" in result.stderr, f"{words}: {result.stderr[:200]!r}")
            taken = int(pathlib.Path(peak).read_text()) >> 10
            expect(taken <= 512, f"{words}: {taken} MiB")


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
