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


# Verbs that write a file, OUT, with more in it than the limit below.
LIMITED = [
    ["snap", "-o", "OUT"], ["redact", CAPTURE, "-o", "OUT"], ["report", "-o", "OUT", EARLIER, CAPTURE],
    ["metrics", "--textfile", "OUT.prom"], ["watch", "--record", "--for", "1s", "--history", "OUT"],
]


@fault("a limit of file size (RLIMIT_FSIZE): status 74 and a sentence, and nothing is left", quick=1, full=10)
def file_size(_):
    with folder() as place:
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        for words in LIMITED:
            words = [word.replace("OUT", f"{place}/out") for word in words]
            result = run(*words, preexec_fn=limit)
            status_is(result, 74)
            expect(result.stderr.strip(), f"{words}: nothing is said")
            if words[0] in ("snap", "redact", "metrics"):
                expect(os.listdir(place) == [], f"{words}: it left {os.listdir(place)}")
            for name in os.listdir(place):
                os.unlink(f"{place}/{name}")
        with open(f"{place}/answer", "wb") as answer:
            status_is(run("show", "--json", CAPTURE, stdout=answer, preexec_fn=limit), 74)


@fault("a standard stream that is closed: its words get into no file, and what isn't written is said", quick=1, full=10)
def closed(number):
    writing = [(["snap", "-o", "out"], 74), (["report", "-o", "out", CAPTURE], 0), (["show", CAPTURE], 74),
               (["watch", "--record", "--history", "out", "--fresh", "--for", "1s", "--interval", "300ms"], 74),
               (["check", "--no-kmemleak", "-o", "out", "--", "sh", "-c", "echo said; true"], 0), (["metrics"], 74),
               (["leaks", "--junit", "out", "-"], 74)]
    with folder() as place:
        for words, status in writing:
            for shut in (">&-", ">&- 2>&-", "<&- >&- 2>&-"):
                result = run(*words, cwd=place, prefix=["sh", "-c", f'exec "$@" {shut}', "sh"],
                             stdin=open(CAPTURE, "rb"))
                expected = (status,) if words[-1] != "-" else (65, 66, 74)
                expect(result.returncode in expected, f"{words} {shut}: status {result.returncode}, {result.stderr[:200]!r}")
                for name in os.listdir(place):
                    content = open(f"{place}/{name}", "rb").read()
                    expect(words[0] == "check" or b"next: kmemcheck" not in content and b"said\n" not in content,
                           f"{words} {shut}: {name} has what was meant for a stream")
                    if words[0] == "snap":
                        expect(subprocess.run(["zstd", "-tq", f"{place}/{name}"]).returncode == 0, f"{shut}: it's no zstd")
                    os.unlink(f"{place}/{name}")


@fault("what is written to a pipe or standard output is a whole archive for zstd and tar", quick=1, full=10)
def piped(_):
    for words in (["snap", "-q", "-o", "-"], ["redact", CAPTURE, "-o", "-"], ["snap", "-q", "-o", "pipe"]):
        with folder() as place:
            os.mkfifo(f"{place}/pipe")
            reader = ["sh", "-c", 'cat pipe & "$@" >/dev/null; wait', "sh"] if words[-1] == "pipe" else []
            content = run(*words, prefix=reader, cwd=place).stdout
        tested = subprocess.run(["zstd", "-tq"], input=content, capture_output=True)
        expect(tested.returncode == 0, f"{words}: {tested.stderr[:200]!r}")
        listed = subprocess.run(["tar", "--zstd", "-tf", "-"], input=content, capture_output=True)
        expect(listed.returncode == 0 and b"proc/meminfo" in listed.stdout, f"{words}: {listed.stderr[:200]!r}")


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
