"""Captures and histories that were damaged, or that strangers made."""
import os
import pathlib
import random

from fault import FIXTURES, expect, fault, folder, run

CAPTURES = sorted((FIXTURES / "captures").glob("*.tar.zst"))


@fault("a capture that was cut is refused, or what is whole in it is used and the rest named", quick=5, full=300)
def cut(number):
    whole = CAPTURES[number % len(CAPTURES)].read_bytes()
    length = random.Random(number).randrange(len(whole))
    with folder() as place:
        path = pathlib.Path(place) / "cut.tar.zst"
        path.write_bytes(whole[:length])
        result = run("show", str(path))
        expect(result.returncode in (0, 65), f"status {result.returncode} at {length} bytes: {result.stderr[:200]!r}")
        expect(result.returncode == 65 or result.stderr, f"{length} of {len(whole)} bytes pass for the whole")


@fault("files that never end, and pipes that nobody writes, are refused", quick=1, full=3)
def endless(_):
    with folder() as place:
        os.mkfifo(f"{place}/pipe")
        for words in (["leaks", "--suppressions", "/dev/zero", "-"],
                      ["leaks", "--suppressions", f"{place}/pipe", "-"]):
            result = run(*words, limit=30)
            expect(result.returncode in (64, 65, 66), f"{words}: status {result.returncode}")
