"""What a trace costs programs that let the kernel allocate, beside perf's recording of the same events."""
import os
import pathlib
import shutil
import signal
import subprocess
import time

from bench import Skipped, compiled, folder, kmemcheck, least, ms

ROUNDS = {"pipe": 30_000, "open": 30_000, "fork": 1_000}
# A trace that has begun counts events for a second before it loads its programs.
SETTLED = 4


def rows(table):
    if os.geteuid() != 0:
        raise Skipped("needs root")
    with folder() as place:
        works = {kind: [compiled("loops.c", place), kind, str(rounds)] for kind, rounds in ROUNDS.items()}
        works["compile"] = ["cc", "-O2", "-c", "-o", f"{place}/made.o", source(place)]
        tracers = {
            "one cache": kmemcheck("trace", "kmalloc-2k", "--for", "1h"),
            "everything": kmemcheck("trace", "--all", "--for", "1h"),
            "perf": ["perf", "record", "-q", "-e", "kmem:*", "-a", "-o", f"{place}/perf.data"],
        }
        before = measured(works)
        beside = {name: traced(words, works) for name, words in tracers.items() if shutil.which(words[0])}
        after = measured(works)
        for kind in works:
            off = min(before[kind], after[kind])
            for name, times in beside.items():
                told(table, kind, name, times[kind], off, max(before[kind], after[kind]))


def told(table, kind, name, time, off, most):
    """One row; the goals are for one cache, in loops and in a compile."""
    goal = {"compile": 1.03}.get(kind, 1.4) if name == "one cache" else None
    table.row(f"{kind} beside {name}", f"{ms(time)} (without {ms(off)} to {ms(most)})", f"{goal} ×" if goal else "",
              time <= off * goal if goal else None, time / off)


def source(place):
    """A text that keeps a compiler busy for a second or so."""
    made = pathlib.Path(place) / "made.c"
    made.write_text("".join(f"int f{i}(int a) {{ int s = 0; for (int i = 0; i < a; i++) s += (i * {i}) ^ s; return s; }}\n"
                            for i in range(1_500)))
    return str(made)


def measured(works):
    """Seconds of a processor that each work takes, the least of six."""
    return {kind: least(words, runs=6).processor for kind, words in works.items()}


def traced(words, works):
    tracer = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(SETTLED)
        if tracer.poll() is not None:
            raise SystemExit(f"run: this ended by itself: {' '.join(words)[:100]}")
        return measured(works)
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
