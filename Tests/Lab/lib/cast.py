#!/usr/bin/env python3
"""Makes a recording that terminals play (asciicast, version 2) of what a guest's console says.

  cast.py CONSOLE OUT    follows the file CONSOLE from the line "LAB begin recording" to "LAB done"

Only lines that changed since the screen before are kept: a screen a second would be twice as large.
"""
import json
import re
import sys
import time

BEGIN, END = b"LAB begin recording\r\n", b"LAB done"
HOME, CLEARED = "\x1b[H", "\x1b[J"
HEADER = {"version": 2, "width": 80, "height": 34, "idle_time_limit": 2, "title": "kmemcheck watch finds a leak"}
PATIENCE = 300


def watched(path):
    """What the console says between the two marks, and when each byte of it had come: (until, seconds)."""
    said, start, times = b"", 0, []
    limit = time.monotonic() + PATIENCE
    with open(path, "rb") as console:
        while END not in said:
            if time.monotonic() > limit:
                sys.exit(f"cast.py: the guest said no end in {PATIENCE} s; see {path}")
            more = console.read()
            if more and BEGIN not in said:
                start = time.monotonic()
            said += more
            times.append((len(said), time.monotonic() - start))
            time.sleep(0.05)
    begin = said.index(BEGIN) + len(BEGIN)
    return said[begin:said.index(END)], [(until - begin, second) for until, second in times]


def changed(screen, before):
    """The screen, without its lines that stand there already."""
    lines = screen.removeprefix(HOME).split("\r\n")
    kept = [
        f"\x1b[{row};1H{line}"
        for row, line in enumerate(lines, 1)
        if row > len(before) or before[row - 1] != line
    ]
    return "".join(kept), lines


def events(console):
    said, times = watched(console)
    before, place = [], 0
    for part in re.split(rb"(?=\x1b\[H)", said):
        second = next(second for until, second in times if until > place)
        place += len(part)
        text = part.decode(errors="replace")
        # What is left at the end is longer than a screen, and no longer drawn over.
        if text.startswith(HOME) and text.endswith(CLEARED):
            text, before = changed(text, before)
        yield [round(second, 2), "o", text]


def main(console, out):
    with open(out, "w") as file:
        for line in [HEADER, *events(console)]:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
