"""Many processes and many mappings, beside smem and pmap."""
import os
import pathlib
import subprocess
import sys
import time

from bench import bare, folder, kmemcheck, least, ms, need

HOLDER = """import mmap, os, signal, sys
kept = []
for _ in range(int(sys.argv[1])):
    # Mappings with different rights, one behind the other, stay separate.
    kept.append(mmap.mmap(-1, 4096, prot=mmap.PROT_READ | (mmap.PROT_WRITE if len(kept) % 2 else 0)))
print(flush=True)
signal.pause()
"""


def rows(table):
    mappings(table)
    with folder() as place:
        many(table, place)


def mappings(table):
    need("pmap")
    wanted = 60_000
    limit = pathlib.Path("/proc/sys/vm/max_map_count")
    if int(limit.read_text()) < wanted:
        wanted = int(limit.read_text()) - 1_000
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(wanted)], stdout=subprocess.PIPE)
    holder.stdout.readline()
    try:
        pid = holder.pid
        for words in ([], ["--json"]):
            ours, pmap, cat = least(kmemcheck("maps", *words, pid), ["pmap", "-X", str(pid)],
                                    ["cat", f"/proc/{pid}/smaps"], runs=5)
            what = f"maps of {wanted:,} mappings, {words[0] if words else 'text'}"
            table.against(what, ours, pmap, "pmap -X", 0.5)
            table.peak(what, ours, 80)
            table.row("the same against cat smaps", f"{ours.processor / cat.processor:.1f} × ({ms(cat.processor)})")
    finally:
        holder.kill()
        holder.wait()


def many(table, place):
    need("smem")
    sleepers = [subprocess.Popen(["sleep", "100000"]) for _ in range(3_000)]
    # A program that has just been started still touches its memory.
    time.sleep(2)
    files = [f"/proc/{pid}/{name}" for pid in os.listdir("/proc") if pid.isdigit()
             for name in ("stat", "status", "smaps_rollup", "cmdline")]
    try:
        ours, smem, c = least(kmemcheck("top", "--processes"), ["smem"], bare(place, files), runs=5)
        table.against("top --processes, 3,000 processes", ours, smem, "smem", 0.3)
        table.row("the same against C reading the files", f"{ours.processor / c.processor:.1f} × ({ms(c.processor)})")
    finally:
        for sleeper in sleepers:
            sleeper.kill()
        for sleeper in sleepers:
            sleeper.wait()
