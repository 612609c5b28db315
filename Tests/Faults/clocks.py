"""Clocks that jump: by years, back, to 1970, and the one of a machine that has none."""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

from fault import Skipped, expect, fault, folder, run

# Moves the wall clock by the seconds in FAKE_JUMP; the time since boot stays as it is.
SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long jump(void) { const char *text = getenv("FAKE_JUMP"); return text ? atol(text) : 0; }
int clock_gettime(clockid_t clock, struct timespec *time)
{
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, time);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) time->tv_sec += jump();
    return result;
}
int gettimeofday(struct timeval *time, void *zone)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *into)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
"""

DAY = 86400
# The second one is what removed all samples once; the third is a machine without a clock, in 1970.
JUMPS = [0, 9000 * DAY, -56 * 365 * DAY, 0, -9000 * DAY, 3600, -3600]


def shim(place):
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        raise Skipped("needs a compiler of C")
    source = pathlib.Path(place) / "shim.c"
    source.write_text(SHIM)
    library = f"{place}/shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, str(source), "-ldl"], check=True)
    return library


def at(library, jump, *words, **options):
    environment = dict(os.environ, LD_PRELOAD=library, FAKE_JUMP=str(jump))
    return run(*words, env=environment, **options)


def rounds(history):
    database = sqlite3.connect(history)
    try:
        return set(database.execute("SELECT run, part, time FROM tick").fetchall())
    finally:
        database.close()


@fault("a wall clock that jumps by years, back or to 1970 loses no sample of a history", quick=1, full=20)
def jumps(number):
    with folder() as place:
        library = shim(place)
        history, seen = f"{place}/w.sqlite", set()
        order = JUMPS[number % len(JUMPS):] + JUMPS[:number % len(JUMPS)]
        for jump in order:
            result = at(library, jump, "watch", "--record", "--history", history, "--for", "1s", "--interval", "200ms",
                        "--keep-days", "1")
            expect(result.returncode in (0, 1, 2), f"{jump}: status {result.returncode}: {result.stderr[:200]!r}")
            now = rounds(history)
            expect(seen < now, f"{jump} s: {len(seen - now)} of {len(seen)} are lost, {len(now - seen)} are new")
            seen = now
        shown = run("watch", "--replay", history)
        expect(shown.returncode in (0, 1, 2), f"it can't be judged: {shown.stderr[:200]!r}")


@fault("a clock that jumps while it's recorded loses no sample, and the rate is that of the time since boot", quick=1, full=10)
def set_while_recording(number):
    with folder() as place:
        # Each call of the clock moves it on by an hour, or back.
        step = [3600, -3600, 30 * DAY][number % 3]
        moving = SHIM.replace("return text ? atol(text) : 0;", "static long calls; return text ? atol(text) * ++calls : 0;")
        source = pathlib.Path(place) / "shim.c"
        source.write_text(moving)
        compiler = shutil.which("cc") or shutil.which("clang")
        if not compiler:
            raise Skipped("needs a compiler of C")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", f"{place}/s.so", str(source), "-ldl"], check=True)
        history = f"{place}/w.sqlite"
        result = at(f"{place}/s.so", step, "watch", "--record", "--history", history, "--for", "3s", "--interval", "200ms",
                    "--keep-days", "1", "--fresh", "--json")
        expect(result.returncode in (0, 1, 2), f"status {result.returncode}: {result.stderr[:200]!r}")
        seen = json.loads(result.stdout)
        kept = len({time for _, part, time in rounds(history) if part == "memory"})
        expect(kept >= seen["samples"], f"{kept} of {seen['samples']} samples are kept")
        expect(seen["seconds"] < 60, f"the clock's jumps count as {seen['seconds']} s")


@fault("captures of a clock that jumped are listed, found by number, and compared", quick=1, full=5)
def captures(_):
    with folder() as place:
        library = shim(place)
        for name, jump in enumerate((0, 9000 * DAY, -56 * 365 * DAY)):
            result = at(library, jump, "snap", "--no-processes", "-o", f"{place}/{name}.tar.zst")
            expect(result.returncode == 0, f"status {result.returncode}: {result.stderr[:200]!r}")
        listed = run("list", place)
        expect(listed.returncode == 0 and listed.stdout.count(b".tar.zst") == 3, f"{listed.stdout[:300]!r}")
        for first in range(3):
            for second in range(3):
                result = run("diff", f"{place}/{first}.tar.zst", f"{place}/{second}.tar.zst")
                expect(result.returncode in (0, 1, 2), f"{first} {second}: status {result.returncode}")
        # What was swept a day later elsewhere isn't swept from under a writer whose clock is ahead.
        expect(at(library, 9000 * DAY, "list", place).returncode == 0, "it isn't listed years later")
