"""Machines that lack what others have: /proc, file descriptors, a lock that is free."""
import os
import re
import resource
import shutil
import subprocess

from fault import FIXTURES, Skipped, expect, fault, folder, need_root, run, status_is


def without_proc(*words):
    need_root()
    script = 'mount -t tmpfs none /proc && exec "$@"'
    return run(*words, prefix=["unshare", "-m", "sh", "-c", script, "sh"])


@fault("without /proc a command says what is missing, and never prints help instead", quick=1, full=5)
def no_proc(_):
    for words in (["snap", "-o", "-"], ["show", "now"], ["top"], ["status"], ["watch", "--for", "2s"]):
        result = without_proc(*words)
        said = (result.stdout + result.stderr).decode(errors="replace")
        expect(result.returncode not in (0, -5), f"{words}: status {result.returncode}: {said[:200]}")
        expect("USAGE" not in said, f"{words} prints help: {said[:200]}")
        expect("/proc" in said or "meminfo" in said, f"{words} doesn't say what is missing: {said[:200]}")


@fault("without /proc `check` runs its command, or refuses before it", quick=1, full=5)
def check_without_proc(_):
    with folder() as place:
        result = without_proc("check", "--no-kmemleak", "--", "touch", f"{place}/ran")
        expect(result.returncode != 0 or os.path.exists(f"{place}/ran"),
               f"status 0 although the command didn't run: {result.stderr[:200]!r}")


@fault("--version and --help work without /proc", quick=1, full=5)
def version_without_proc(_):
    status_is(without_proc("--version"), 0)
    status_is(without_proc("--help"), 0)


@fault("however few file descriptors there may be: an answer, or a sentence with status 69 or 74", quick=1, full=5)
def few_descriptors(number):
    for count in (20, 12, 8, 6, 5, 4, 3) if number else (20, 5):
        limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
        for words in (["show", "now"], ["top"], ["top", "processes"], ["status"], ["snap", "-o", "-"], ["metrics"]):
            result = run(*words, preexec_fn=limit)
            said = result.stderr[:200]
            # Even the loader of libraries needs one.
            loaded = b"error while loading shared libraries" not in said
            expect(not loaded or result.returncode in (0, 1, 2, 69, 74), f"{count}: {words}: {result.returncode}: {said!r}")
            expect(result.returncode < 3 or said, f"{count}: {words}: status {result.returncode} without a word")


@fault("the lock and its directory are root's alone", quick=1, full=3)
def lock_is_closed(_):
    need_root()
    run("kmemleak", "scan=on")
    for path, mode in (("/run/kmemcheck", 0o700), ("/run/kmemcheck/kmemleak.lock", 0o600)):
        if os.path.exists(path):
            expect(os.stat(path).st_mode & 0o777 == mode, f"{path} has mode {os.stat(path).st_mode:o}")


@fault("a limit of the address space (RLIMIT_AS): an answer, or a sentence and status 69", quick=1, full=10)
def address_space(number):
    with folder() as place:
        log = f"{place}/kern.log"
        with open(log, "w") as file:
            for line in range(600_000):
                file.write(f"[{line}.0] usb 1-{line}: new full-speed device\n")
        for mebibytes in (150 + number, 250 + number, 600):
            size = mebibytes << 20
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))
            for words in (["show", log], ["leaks", log], ["snap", "-o", f"{place}/a.tar.zst"]):
                result = run(*words, preexec_fn=limit)
                said = result.stderr.decode(errors="replace")
                loaded = "error while loading shared libraries" not in said
                expect(not loaded or result.returncode in (0, 1, 2, 65, 66, 69, 74),
                       f"{mebibytes} MiB: {words[0]}: status {result.returncode}, {said[:200]}")
                expect(result.returncode != 69 or "limit" in said, f"{words[0]}: {said[:200]}")


UNIT = FIXTURES.parent / "Sources/Packaging/files/kmemcheck-watch.service"


@fault("the recorder's unit has an exposure of at most 2.4, and the network's namespace", quick=1, full=1)
def exposure(_):
    if not shutil.which("systemd-analyze"):
        raise Skipped("needs systemd-analyze")
    said = subprocess.run(["systemd-analyze", "security", "--offline=true", str(UNIT)], capture_output=True, text=True)
    level = re.search(r"exposure level.*: ([0-9.]+)", said.stdout)
    expect(level and float(level.group(1)) <= 2.4, f"{level and level.group()}: {said.stderr[:200]}")
    expect("PrivateNetwork=yes" not in UNIT.read_text(), "sockstat would be of another namespace")


@fault("the recorder's user reads the sources that root reads", quick=1, full=3)
def recorder_sources(_):
    need_root()
    if not shutil.which("setpriv"):
        raise Skipped("needs setpriv")
    capabilities = "+dac_read_search,+sys_ptrace,+syslog"
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", f"--inh-caps=-all,{capabilities}",
            f"--ambient-caps=-all,{capabilities}", f"--bounding-set=-all,{capabilities}", "--no-new-privs"]

    def sources(prefix, path):
        with open(path, "wb") as file:
            status_is(run("snap", "-o", "-", "--no-processes", prefix=prefix, stdout=file), 0)
        names = subprocess.run(["tar", "--zstd", "-tf", path], capture_output=True, text=True).stdout.split()
        return {name.split("/", 1)[1] for name in names if "/" in name}

    with folder() as place:
        # How far addresses are randomised is told to user 0 alone, whatever the capabilities; nothing needs it.
        secret = {"proc/sys/vm/mmap_rnd_bits", "proc/sys/vm/mmap_rnd_compat_bits"}
        missing = sources([], f"{place}/root") - sources(user, f"{place}/user") - secret
        expect(not missing, f"it doesn't read {sorted(missing)[:9]}")
