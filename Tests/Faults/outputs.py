"""An output that can't be written is said, with status 74, and leaves nothing behind."""
import os
import resource
import signal
import subprocess
import time

from fault import FIXTURES, PROGRAM, expect, fault, folder, run, status_is

CAPTURE = str(min((FIXTURES / "captures").glob("*.tar.zst")))

EARLIER = CAPTURE.replace("after", "before")
LOST = """unreferenced object 0xffff888100000000 (size 128):
  comm "c", pid 77, jiffies 4294900000 (age 100.0s)
  backtrace:
    [<ffffffff81000000>] f+0x10/0x20
"""

# Verbs that print to standard output, and those whose file is the full disk. LOG, TRACE and HISTORY are files
# that the test makes.
FULL = [
    ["--help"], ["diff", "--help"], ["help", "diff"], ["--version"], ["--generate-completion-script", "bash"],
    ["show", CAPTURE], ["show", "--json", CAPTURE], ["show", "--brief", CAPTURE], ["snap", "-o", "-"],
    ["status"], ["status", "--json"], ["top"], ["top", "processes", "--json"], ["top", "cgroups"], ["maps", "self"],
    ["diff", EARLIER, CAPTURE], ["diff", "--json", EARLIER, CAPTURE], ["leaks", "LOG"], ["leaks", "--json", "LOG"],
    ["leaks", "--folded", "LOG"], ["leaks", "--gen-suppressions", "LOG"], ["report", "-o", "-", EARLIER, CAPTURE],
    ["list", str(FIXTURES / "captures")], ["export", "HISTORY"], ["export", "--csv", "HISTORY"],
    ["watch", "--replay", "HISTORY"], ["watch", "--for", "1s"], ["metrics"], ["metrics", "--http"],
    ["metrics", "--replay", "HISTORY"], ["fleet", str(FIXTURES / "captures")], ["redact", CAPTURE, "-o", "-"],
    ["check", "--no-kmemleak", "--", "true"],
    ["snap", "-o", "/dev/full"], ["leaks", "--junit", "/dev/full", "LOG"], ["report", "-o", "/dev/full", CAPTURE],
    ["check", "--no-kmemleak", "-o", "/dev/full", "--", "true"],
    ["check", "--no-kmemleak", "--junit", "/dev/full", "--", "true"],
    ["watch", "--record", "--history", "/dev/full", "--for", "1s"],
]


@fault("standard output, or the file of an output, on a full disk: status 74", quick=1, full=5)
def full(_):
    with folder() as place:
        files = {"LOG": f"{place}/log", "HISTORY": f"{place}/watch.sqlite", "self": str(os.getpid())}
        with open(files["LOG"], "w") as log:
            log.write(LOST)
        run("watch", "--record", "--history", files["HISTORY"], "--for", "1s", "--interval", "300ms")
        for words in FULL:
            words = [files.get(word, word) for word in words]
            with open("/dev/full", "wb") as sink:
                result = run(*words, stdout=subprocess.DEVNULL if "/dev/full" in words else sink, cwd=place)
            expect(result.returncode == 74, f"{words}: status {result.returncode}, {result.stderr[:200]!r}")
        expect("-" not in os.listdir(place), "a file is called -")


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
