"""Histories on disks that fill up, locked by others, or made by strangers."""
import os
import pathlib
import signal
import sqlite3
import subprocess
import time

from fault import PROGRAM, expect, fault, folder, need_root, run, status_is


def recorded(place, *words):
    """A history of a few samples."""
    history = f"{place}/watch.sqlite"
    result = run("watch", "--record", "--history", history, "--for", "2s", "--interval", "500ms", "--fresh", *words)
    expect(result.returncode in (0, 1, 2), f"status {result.returncode}: {result.stderr[:200]!r}")
    return history


@fault("a locked history keeps no TERM from ending the recorder within 2 s", quick=1, full=20)
def locked(number):
    with folder() as place:
        history = recorded(place)
        recorder = subprocess.Popen([PROGRAM, "watch", "--record", "--history", history, "--interval", "200ms"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        time.sleep(1.5)
        other = sqlite3.connect(history, isolation_level=None)
        other.execute("PRAGMA busy_timeout = 5000")
        other.execute("BEGIN IMMEDIATE")
        time.sleep(1 + number % 3)
        start = time.monotonic()
        recorder.send_signal(signal.SIGTERM)
        try:
            recorder.wait(30)
        finally:
            recorder.kill()
            other.execute("ROLLBACK")
            other.close()
        took = time.monotonic() - start
        expect(took < 2, f"it took {took:.1f} s to end")


@fault("a recorder that is killed loses no sample that was written, and the next one goes on", quick=3, full=500)
def killed_recorder(number):
    with folder() as place:
        history = f"{place}/watch.sqlite"
        words = [PROGRAM, "watch", "--record", "--history", history, "--interval", "100ms"]
        recorder = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen = 0
        try:
            time.sleep(0.1 + 0.017 * (number % 60))
            seen = ticks(history)
        finally:
            recorder.send_signal([signal.SIGKILL, signal.SIGTERM, signal.SIGINT][number % 3])
            ended(recorder)
        left = ticks(history)
        expect(left >= seen, f"{seen} samples were written, {left} are left")
        again = run(*words[1:], "--for", "1s")
        expect(again.returncode in (0, 1, 2), f"the next one ends with {again.returncode}: {again.stderr[:200]!r}")
        expect(ticks(history) > left, "the next one writes nothing")
        others = [name for name in os.listdir(place) if not name.startswith("watch.sqlite")]
        expect(others == [] and "damaged" not in "".join(os.listdir(place)), f"it left {os.listdir(place)}")


def ended(recorder):
    """Waits for it; one that doesn't end fails, with what it waits for."""
    try:
        recorder.wait(30)
    except subprocess.TimeoutExpired:
        waits = [waiting(task) for task in pathlib.Path(f"/proc/{recorder.pid}/task").iterdir()]
        recorder.kill()
        recorder.wait()
        expect(False, f"it hadn't ended 30 s after the signal, and waits in {waits}")


def waiting(task):
    """What a thread waits for, and which signals it holds back; threads come and go."""
    try:
        status = (task / "status").read_text()
        signals = [line for line in status.splitlines() if line.startswith(("State", "Sig", "ShdPnd"))]
        return (task / "wchan").read_text(), signals
    except OSError:
        return "it ended"


def ticks(history):
    """How many samples another reader finds; none where there is no table yet. Damage fails."""
    if not os.path.exists(history):
        return 0
    database = sqlite3.connect(f"file:{history}?mode=ro", uri=True, timeout=20)
    try:
        expect(database.execute("PRAGMA quick_check").fetchone()[0] == "ok", "the history is damaged")
        return database.execute("SELECT count(*) FROM tick").fetchone()[0]
    except sqlite3.OperationalError as error:
        expect("no such table" in str(error) or "unable to open" in str(error), str(error))
        return 0
    finally:
        database.close()


@fault("a stranger's history can't keep the reader busy: views, giant names, generated columns", quick=1, full=5)
def strange(_):
    with folder() as place:
        for kind in ("view", "name", "table"):
            history = recorded(place)
            database = sqlite3.connect(history)
            if kind == "view":
                database.executescript(
                    "ALTER TABLE value RENAME TO own; CREATE VIEW value AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                    "SELECT i + 1 FROM n) SELECT 1 AS run, i AS series, i AS time, i AS value FROM n;")
            elif kind == "name":
                database.execute("UPDATE series SET key = CAST(zeroblob(200000000) AS TEXT) WHERE id = 1")
            else:
                database.executescript("ALTER TABLE value RENAME TO own; CREATE TABLE value(a, b AS (a || a));")
            database.commit()
            database.close()
            for words in (["watch", "--replay", history], ["export", "--csv", history], ["list", history]):
                start = time.monotonic()
                result = run(*words, limit=40)
                took = time.monotonic() - start
                expect(took < 20, f"{kind}: {words[0]} took {took:.0f} s")
                expect(result.returncode in (0, 1, 2, 64, 65, 66, 74), f"{kind}: {words}: status {result.returncode}")
                expect(words[0] == "list" or result.returncode in (65, 74), f"{kind}: {words}: {result.returncode}")
            os.unlink(history)


@fault("what a full disk kept from the history is written when it's freed", quick=1, full=10)
def freed(_):
    need_root()
    with folder() as place:
        disk = pathlib.Path(place) / "disk"
        disk.mkdir()
        script = f"""
        mount -t tmpfs -o size=1m none {disk} || exit 99
        {PROGRAM} watch --record --history {disk}/w.sqlite --interval 200ms --for 10s --fresh 2>{place}/said >/dev/null &
        sleep 2; head -c 2000000 /dev/zero >{disk}/fill 2>/dev/null; sleep 5; rm {disk}/fill; wait
        cp {disk}/w.sqlite* {place}/
        """
        done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, timeout=60)
        expect(done.returncode != 99, "no small disk could be mounted")
        said = (pathlib.Path(place) / "said").read_text()
        expect("Sampling goes on" in said, f"the disk never filled: {said[:200]}")
        expect("takes samples again" in said, said[:300])
        database = sqlite3.connect(f"{place}/w.sqlite")
        times = [row[0] / 1e9 for row in database.execute("SELECT time FROM tick WHERE part = 'memory' ORDER BY time")]
        gap = max(after - before for before, after in zip(times, times[1:]))
        expect(gap < 4, f"{gap:.1f} s are missing")
