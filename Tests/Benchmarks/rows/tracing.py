"""What a trace costs programs that let the kernel allocate, beside peers that follow the same events.

All take turns, round after round, and the least of each counts: other load on the machine disturbs all alike.
"""
import os
import pathlib
import shutil
import subprocess
import time

from bench import Skipped, compiled, folder, kmemcheck, ms, once

LOOPS = {"pipe": 30_000, "open": 30_000, "fork": 1_000}
ROUNDS = int(os.environ.get("RUNS", 6))
# A trace counts events for a second before it loads its programs; peers load theirs meanwhile.
SETTLED = 4
# What memleak does, in bpftrace's words: a stack for each object that isn't freed.
PAIRING = """tracepoint:kmem:kmalloc, tracepoint:kmem:kmem_cache_alloc { @live[args->ptr] = kstack(20); }
tracepoint:kmem:kfree, tracepoint:kmem:kmem_cache_free { delete(@live[args->ptr]); }"""


def rows(table):
    if os.geteuid() != 0:
        raise Skipped("needs root")
    with folder() as place:
        works = {kind: [compiled("loops.c", place), kind, str(rounds)] for kind, rounds in LOOPS.items()}
        works["compile"] = ["cc", "-O2", "-c", "-o", f"{place}/made.o", source(place)]
        ours = {
            "one cache": kmemcheck("trace", "kmalloc-2k", "--for", "1h", "--force"),
            "everything": kmemcheck("trace", "--all", "--for", "1h", "--force"),
            "every address": kmemcheck("trace", "--all", "--sample", "1", "--for", "1h", "--force"),
            "everything by tracefs": kmemcheck("trace", "--all", "--engine", "tracefs", "--for", "1h", "--force"),
        }
        peers = started(table, {
            "perf record -g": ["perf", "record", "-q", "-g", "-e", "kmem:*", "-a", "-o", f"{place}/perf.data"],
            "bpftrace": ["bpftrace", "-e", PAIRING],
            "memleak of bcc": ["memleak-bpfcc", "-a", "60"],
        })
        tell(table, measured(works, {"off": None, **ours, **peers}), ours, peers)


def started(table, peers):
    """Those peers that start on this machine; of the others it's told that they don't."""
    running = {}
    for name, words in peers.items():
        if not shutil.which(words[0]):
            table.row(f"beside {name}", "not here: it isn't installed")
            continue
        tracer = Tracer(words)
        if tracer.runs:
            running[name] = words
        else:
            table.row(f"beside {name}", "not here: it doesn't start on this kernel")
        tracer.end()
    return running


def measured(works, tracers):
    """Seconds of a processor that each work takes beside each tracer, the least of all rounds."""
    times = {}
    for _ in range(ROUNDS):
        for name, words in tracers.items():
            tracer = Tracer(words) if words else None
            for kind, work in works.items():
                used = once(work).processor
                times[kind, name] = min(used, times.get((kind, name), used))
            if tracer and not tracer.runs:
                raise SystemExit(f"run: this ended by itself: {' '.join(words)[:100]}")
            if tracer:
                tracer.end()
    return times


def tell(table, times, ours, peers):
    """A row for each work and tracer. The goals: one cache, in loops and in a compile; and half of what the best
    peer costs, for everything."""
    for kind in [*LOOPS, "compile"]:
        off = times[kind, "off"]
        best = min((times[kind, name] for name in peers), default=None)
        for name in [*ours, *peers]:
            time, goal = times[kind, name], None
            if name == "one cache":
                goal = 1.03 if kind == "compile" else 1.4
            elif name == "everything" and best:
                goal = max(1.03, (off + (best - off) / 2) / off)
            table.row(f"{kind} beside {name}", f"{ms(time)} (without {ms(off)})", f"{goal:.2f} ×" if goal else "",
                      time <= off * goal if goal else None, time / off)


def source(place):
    """A text that keeps a compiler busy for a second or so."""
    made = pathlib.Path(place) / "made.c"
    made.write_text("".join(f"int f{i}(int a) {{ int s = 0; for (int i = 0; i < a; i++) s += (i * {i}) ^ s; return s; }}\n"
                            for i in range(400)))
    return str(made)


class Tracer:
    """A tracer that goes on until it's ended."""

    def __init__(self, words):
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(SETTLED)

    @property
    def runs(self):
        return self.process.poll() is None

    def end(self):
        if self.runs:
            self.process.terminate()
        self.process.wait()
