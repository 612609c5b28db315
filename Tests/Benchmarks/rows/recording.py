"""A recorder beside programs that sleep and some that keep allocating and freeing."""
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

from bench import MIB, folder, kmemcheck

# How long a recorder is looked at; it runs for weeks, so its first look at everything is told apart.
SECONDS = int(os.environ.get("SECONDS_RECORDED", 120))
BUSY = "import time, random\nwhile True:\n  x = bytearray(random.randrange(1 << 20)); time.sleep(3)"
TICKS = os.sysconf("SC_CLK_TCK")


def rows(table):
    for count, share, most in ((300, 0.15, 24), (3_000, 0.3, 32)):
        others = [subprocess.Popen(["sleep", "100000"]) for _ in range(count - 30)]
        others += [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(30)]
        time.sleep(5)
        try:
            recorded(table, count, share, most)
        finally:
            for other in others:
                other.kill()
            for other in others:
                other.wait()


def recorded(table, count, share, most):
    with folder() as place:
        history = f"{place}/history.sqlite"
        recorder = subprocess.Popen(kmemcheck("watch", "--record", "-q", "--fresh", "--history", history,
                                              "--interval", "10"), stdout=subprocess.DEVNULL)
        time.sleep(5)
        first, began = used(recorder.pid), time.monotonic()
        time.sleep(SECONDS)
        percent = (used(recorder.pid) - first) / (time.monotonic() - began) * 100
        peak = high_water(recorder.pid)
        recorder.send_signal(signal.SIGTERM)
        recorder.wait()
        what = f"watch --record every 10 s, {count:,} processes"
        table.row(what, f"{percent:.2f} % (+ {first:.2f} s once)", f"{share} %", percent <= share)
        table.row(what + ", peak", f"{peak / MIB:.0f} MiB", f"{most} MB", peak <= most * 1_000_000)
        table.row("the same: a sample", f"{sample(history)} bytes", "4096 bytes", sample(history) <= 4096)


def used(pid):
    """Seconds of a processor that a process has used, its own and the kernel's."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def high_water(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def sample(history):
    """The bytes that each sample of the kernel's memory adds, processes included; the first of each holds everything."""
    with sqlite3.connect(history) as data:
        data.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        def one(query):
            return data.execute(query).fetchone()[0]
        samples = one("SELECT count(*) FROM tick WHERE part = 'memory'")
        size = one("SELECT sum(pgsize) FROM dbstat WHERE name IN ('value', 'tick')")
        values = one("SELECT count(*) FROM value")
        later = one("WITH firsts AS (SELECT min(time) AS first FROM tick GROUP BY part) "
                    "SELECT count(*) FROM value WHERE time > (SELECT max(first) FROM firsts)")
    return size * later // max(values, 1) // max(samples - 1, 1)
