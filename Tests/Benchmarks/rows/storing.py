"""The store with a thousand captures, a history of millions of values, and two captures of very many processes."""
from hashlib import sha256
import os
import pathlib
import shutil
import sqlite3
import subprocess
import time

from bench import Used, folder, kmemcheck, least, ms, need, once

ROWS = 5_000_000
NOBODY = 65534


def rows(table):
    captures(table)
    exported(table)
    processes(table)


def captures(table):
    """Commands beside a full store and beside one with a single capture: what looking through it costs."""
    with folder() as place:
        empty, full = store(place, "empty"), store(place, "full")
        first = f"{place}/empty/one.tar.zst"
        once(kmemcheck("snap", "--no-processes", "-o", first), **empty)
        once(kmemcheck("snap", "--no-processes", "--label", "base"), **empty)
        filled(pathlib.Path(place) / "empty", pathlib.Path(place) / "full", 1_000)
        # What a capture's head says is read once, by the first command that sees it.
        once(kmemcheck("list"), **full)
        for what, words, most in (("a path", ["show", first], 0.002), ("a label", ["show", "base"], 0.010),
                                  ("list", ["list"], 0.025)):
            with_none, with_all = beside(kmemcheck(*words), empty, full)
            more = with_all.processor - with_none.processor
            table.row(f"store of 1,000 captures: {what}", f"{ms(with_all.processor)} (1 capture: "
                      f"{ms(with_none.processor)})", f"{most * 1000:.0f} ms more", more <= most,
                      with_all.processor / with_none.processor)


def store(place, name):
    """How to run a command as nobody, whose store is where the environment says: root's has one place."""
    os.chmod(place, 0o755)
    where = f"{place}/{name}"
    os.mkdir(where)
    os.chown(where, NOBODY, NOBODY)
    return {"env": {**os.environ, "XDG_STATE_HOME": where, "HOME": where}, "user": NOBODY, "group": NOBODY}


def beside(words, empty, full):
    """The least of a command in either store, run in turn."""
    with_none, with_all = Used(), Used()
    for _ in range(15):
        with_none.add(once(words, **empty))
        with_all.add(once(words, **full))
    return with_none, with_all


def filled(source, target, count):
    """A store with as many captures, each a file of its own."""
    capture = next((source / "kmemcheck").glob("*.tar.zst"))
    where = target / capture.parent.relative_to(source)
    where.mkdir(parents=True, mode=0o700)
    os.chown(where, NOBODY, NOBODY)
    for number in range(count - 1):
        name = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(1_700_000_000 + number * 600))
        shutil.copy(capture, where / f"{name}-{number}.tar.zst")
    shutil.copy(capture, where / capture.name)
    for copy in where.iterdir():
        os.chown(copy, NOBODY, NOBODY)


def exported(table):
    need("sqlite3")
    with folder() as place:
        history = f"{place}/history.sqlite"
        grown(history)
        query = ("SELECT boot, host, kind, key, time, value.value FROM value JOIN run ON run.id = run "
                 "JOIN series ON series.id = series")
        ours, peer = least(kmemcheck("export", "--csv", history), ["sqlite3", "-csv", history, query], runs=2)
        table.against(f"export --csv, {ROWS // 1_000_000} M rows", ours, peer, "sqlite3 -csv", 3)
        table.peak("the same", ours, 64)


def grown(history):
    """A history that was recorded here, with values of as many ticks as make the rows."""
    subprocess.run(["timeout", "-s", "INT", "6", *kmemcheck("watch", "--record", "-q", "--fresh", "--interval", "1",
                                                            "--history", history)], stdout=subprocess.DEVNULL)
    with sqlite3.connect(history) as data:
        series = data.execute("SELECT count(*) FROM series").fetchone()[0]
        data.execute("DELETE FROM value")
        data.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO value SELECT 1, series.id, i * 1000000000, series.id * 4096 + i * 512 FROM n, series",
            (ROWS // series,))


def processes(table):
    """Two captures of as many processes as large machines have, made of one process each."""
    count = 50_000
    with folder() as place:
        once(kmemcheck("snap", "-o", f"{place}/one.tar.zst"))
        pair = [packed(multiplied(place, f"{place}/one.tar.zst", side, count)) for side in (0, 1)]
        ours = least(kmemcheck("diff", *pair), runs=2, statuses=(0, 1, 2))
        table.row("diff of 2 captures of 50,000 processes", ms(ours.processor), "5 s", ours.processor <= 5)
        table.peak("the same", ours, 200)


def packed(tree):
    """The folder as an archive, beside it."""
    archive = tree.with_suffix(".tar.zst")
    subprocess.run(["tar", "-c", "--zstd", "-f", archive, "-C", tree.parent, tree.name], check=True)
    shutil.rmtree(tree)
    return archive


def multiplied(place, capture, side, count):
    """The capture with one of its processes as often as wanted, each with a pid of its own, as a folder."""
    made = pathlib.Path(place) / f"side{side}"
    made.mkdir()
    subprocess.run(["tar", "-x", "--zstd", "-f", capture, "-C", made], check=True)
    proc = next(made.rglob("proc/meminfo")).parent
    model = next(path for path in sorted(proc.iterdir()) if path.name.isdigit() and (path / "smaps_rollup").exists()
                 and (path / "smaps_rollup").stat().st_size)
    texts = {path.name: path.read_bytes() for path in model.iterdir() if path.is_file()}
    pid = model.name.encode()
    digests = proc.parent / "kmemcheck/digests"
    lines = digests.read_bytes().splitlines(keepends=True)[:-1]
    for number in range(100_000, 100_000 + count):
        folder_of_pid = proc / str(number)
        folder_of_pid.mkdir()
        for name, text in texts.items():
            own = text.replace(b"\t" + pid, b"\t%d" % number)
            if name == "stat":
                own = own.replace(pid, b"%d" % number, 1)
            (folder_of_pid / name).write_bytes(own)
            lines.append(b"%s  proc/%d/%s\n" % (sha256(own).hexdigest().encode(), number, name.encode()))
    listed = b"".join(lines)
    digests.write_bytes(listed + b"# end %s\n" % sha256(listed).hexdigest().encode())
    return made
