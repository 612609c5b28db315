"""Captures and histories that were damaged, or that strangers made."""
import functools
import os
import pathlib
import random

from fault import expect, fault, folder, run, status_is


@functools.cache
def capture():
    """The bytes of a capture of this machine."""
    with folder() as place:
        status_is(run("snap", "--no-processes", "-o", f"{place}/a.tar.zst"), 0)
        return (pathlib.Path(place) / "a.tar.zst").read_bytes()


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


@fault("a capture that was cut is refused, or what is whole in it is used and the rest named", quick=10, full=1000)
def cut(number):
    length = random.Random(number).randrange(len(capture()))
    result = shown(capture()[:length])
    expect(is_said(result), f"{length} of {len(capture())} bytes pass for the whole")


@fault("a flipped bit is said, or what is read is the same to the byte", quick=10, full=10000)
def flipped(number):
    chance = random.Random(number)
    content = bytearray(capture())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    result = shown(bytes(content))
    same = result.stdout == shown(capture()).stdout
    expect(is_said(result) or same, f"try {number}: it's read as whole, and differs")


@fault("files that never end, and pipes that nobody writes, are refused", quick=1, full=3)
def endless(_):
    with folder() as place:
        os.mkfifo(f"{place}/pipe")
        for words in (["leaks", "--suppressions", "/dev/zero", "-"],
                      ["leaks", "--suppressions", f"{place}/pipe", "-"]):
            result = run(*words, limit=30)
            expect(result.returncode in (64, 65, 66), f"{words}: status {result.returncode}")
