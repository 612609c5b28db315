"""What all rows of the benchmark share: the table, and how commands are timed."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KMEMCHECK_BIN") or str(ROOT / ".build-release/release/kmemcheck")
MEASURE = str(pathlib.Path(PROGRAM).parent / "measure")
RUNS = int(os.environ.get("RUNS", 20))
MIB = 1 << 20


class Skipped(Exception):
    """Why something can't be measured here."""


class Table:
    """The rows, each printed when it is known, and what of them is kept for the next release."""

    def __init__(self, baseline):
        self.baseline, self.ratios, self.missed, self.worse = baseline, {}, 0, []

    def head(self):
        self.line("what", "measured", "goal", "met", "before")

    def line(self, *cells):
        print("%-42s %-42s %-26s %-4s %s" % cells, flush=True)

    def row(self, what, measured, goal="", met=None, ratio=None):
        """One row; `ratio` is what is measured over its peer's, which machines of other speeds share."""
        self.missed += met is False
        before = self.baseline.get(what)
        said = ""
        if ratio is not None:
            self.ratios[what] = ratio
            said = f"{before:.2f} → {ratio:.2f} ×" if before else f"{ratio:.2f} ×"
            # A tenth is what two runs on one quiet machine differ by.
            if before and ratio > before * 1.1:
                self.worse.append(what)
                said += " worse"
        self.line(what, measured, goal, {True: "yes", False: "no", None: "-"}[met], said)

    def against(self, what, ours, peer, name, factor, kind="processor"):
        """A row that holds kmemcheck's time against a peer's, times a factor."""
        one, other = getattr(ours, kind), getattr(peer, kind)
        self.row(what, f"{ms(one)} ({name}: {ms(other)})", f"{factor} × {name}", one <= other * factor, one / other)

    def peak(self, what, used, most):
        """A row about the largest memory that a command had."""
        self.row(what + ", peak", f"{used.peak / MIB:.0f} MiB", f"{most} MB", used.peak <= most * 1_000_000)


class Used:
    """The least that some runs of a command took: seconds of a processor, seconds, and its largest memory."""

    def __init__(self):
        self.processor = self.seconds = self.peak = float("inf")

    def add(self, other):
        self.processor = min(self.processor, other.processor)
        self.seconds = min(self.seconds, other.seconds)
        self.peak = min(self.peak, other.peak)


def ms(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def once(words, statuses=(0,), **options):
    """What one run of a command took; the time of one that fails tells nothing."""
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.DEVNULL)
    options.setdefault("stderr", subprocess.DEVNULL)
    start = time.monotonic()
    child = subprocess.Popen(words, **options)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in statuses:
        raise SystemExit(f"run: this ends with {child.returncode}: {' '.join(map(str, words))[:200]}")
    used = Used()
    used.processor, used.seconds = usage.ru_utime + usage.ru_stime, time.monotonic() - start
    used.peak = usage.ru_maxrss * 1024
    return used


def least(*commands, runs=RUNS, statuses=(0,), **options):
    """Runs commands in turn, so that other load disturbs all alike, and gives the least of each."""
    results = [Used() for _ in commands]
    for _ in range(runs):
        for words, result in zip(commands, results):
            result.add(once(words, statuses, **options))
    return results if len(results) > 1 else results[0]


def kmemcheck(*words):
    return [PROGRAM, *map(str, words)]


def folder():
    return tempfile.TemporaryDirectory(prefix="kmemcheck-bench-")


def need(*programs):
    """Ends a room of rows where a peer isn't installed."""
    for program in programs:
        if not shutil.which(program):
            raise Skipped(f"{program} isn't installed")


def compiled(source, place, *libraries):
    """A program in C of this folder, compiled as distributions compile."""
    need("cc")
    program = f"{place}/{pathlib.Path(source).stem}"
    if not os.path.exists(program):
        subprocess.run(["cc", "-O2", "-o", program, pathlib.Path(__file__).parent / source,
                        *(f"-l{library}" for library in libraries)], check=True)
    return program


def bare(place, files):
    """The command that reads these files and does nothing with them."""
    listed = pathlib.Path(place) / "files"
    listed.write_text("".join(f"{file}\n" for file in files))
    return [compiled("bare.c", place), str(listed)]


def touched(place, words):
    """The command that reads, lists and follows what these words do below /proc, /sys and /run, and does nothing with
    it: what the kernel's part of them is."""
    need("strace")
    trace, listed = f"{place}/trace", f"{place}/paths"
    once(["strace", "-f", "-qq", "-e", "trace=openat,readlink", "-o", trace, *words])
    call = re.compile(r'(openat|readlink)\((?:AT_FDCWD, )?"(/(?:proc|sys|run)/[^"]+)"(.*)')
    with open(trace) as calls, open(listed, "w") as lines:
        for found in filter(None, map(call.search, calls)):
            name, path, rest = found.groups()
            kind = "link" if name == "readlink" else "directory" if "O_DIRECTORY" in rest else "file"
            lines.write(f"{kind} {path}\n")
    return [compiled("touched.c", place), listed]


def archived(place, capture, listed):
    """The command that does with kmemcheck's libraries, and nothing around them, what a snapshot must: read the
    files listed, and digest and archive what the capture holds."""
    need("zstd")
    tar = f"{place}/capture.tar"
    subprocess.run(["zstd", "-dqf", capture, "-o", tar], check=True)
    return [compiled("archived.c", place, "archive", "nettle"), listed, tar, f"{place}/archived.tar.zst"]


def read_by(capture, remembered=True):
    """The kernel's files that a capture holds and that can be read again, with or without what was remembered."""
    unpacked = subprocess.run(["tar", "-xO", "--zstd", "--wildcards", "-f", capture, "*/kmemcheck/manifest.json"],
                              check=True, capture_output=True)
    sources = json.loads(unpacked.stdout)["sources"]
    return ["/" + name for name, source in sources.items()
            if source["outcome"] == "read" and (remembered or "remembered" not in source)
            and name.startswith(("proc/", "sys/")) and os.access("/" + name, os.R_OK)]
