"""An output that can't be written is said, with status 74, and leaves nothing behind."""
import os
import resource
import signal
import subprocess
import time

from fault import FIXTURES, PROGRAM, expect, fault, folder, run, status_is

CAPTURE = str(min((FIXTURES / "captures").glob("*.tar.zst")))

FULL = {
    "--help": ["--help"], "help of a verb": ["diff", "--help"], "--version": ["--version"],
    "show": ["show", CAPTURE], "show --json": ["show", "--json", CAPTURE],
    "snap -o -": ["snap", "-o", "-"], "status": ["status"], "top": ["top"],
}


@fault("standard output on a full disk: status 74", quick=1, full=5)
def full(_):
    for name, words in FULL.items():
        with open("/dev/full", "wb") as sink:
            result = run(*words, stdout=sink)
        expect(result.returncode == 74, f"{name}: status {result.returncode}, {result.stderr[:200]!r}")


@fault("a limit of file size (RLIMIT_FSIZE): status 74 and a sentence", quick=1, full=10)
def file_size(_):
    with folder() as place:
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        result = run("snap", "-o", f"{place}/a.tar.zst", preexec_fn=limit)
        status_is(result, 74)
        expect(b"can't be written" in result.stderr, f"it says {result.stderr[:200]!r}")
        expect(os.listdir(place) == [], f"it left {os.listdir(place)}")


@fault("snap that a signal ends leaves no temporary file", quick=10, full=1000)
def killed_snap(number):
    kinds = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM]
    with folder() as place:
        process = subprocess.Popen(
            [PROGRAM, "snap", "-o", f"{place}/a.tar.zst"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        time.sleep(0.002 * (number % 100))
        process.send_signal(kinds[number % 3])
        process.wait(timeout=60)
        left = [name for name in os.listdir(place) if name != "a.tar.zst"]
        expect(left == [], f"it left {left}")
        if os.path.exists(f"{place}/a.tar.zst"):
            status_is(run("show", f"{place}/a.tar.zst"), 0)
