"""Places that others prepared: links where outputs go, homes that are somebody else's, members of archives."""
import io
import json
import os
import pathlib
import sqlite3
import subprocess
import tarfile

from fault import FIXTURES, Skipped, expect, fault, folder, need_root, run, status_is
from outputs import CAPTURE, EARLIER, LOST

NOBODY = 65534
SECRET = b"what is root's alone\n"

# Each way in which a path is written; OUT is the path. A file that appears whole replaces what is there, and a
# name that must be free is refused.
WRITERS = [
    ["snap", "-o", "OUT"], ["redact", CAPTURE, "-o", "OUT"], ["report", "-o", "OUT", EARLIER, CAPTURE],
    ["leaks", "--junit", "OUT", "log"], ["trace", "--junit", "OUT", "kept.trace"],
    ["check", "--no-kmemleak", "-o", "OUT", "--", "true"], ["check", "--no-kmemleak", "--junit", "OUT", "--", "true"],
    ["watch", "--record", "--history", "OUT", "--for", "1s"], ["top", "processes", "--chart", "OUT"],
    ["watch", "--for", "2s", "--interval", "500ms", "--chart", "OUT"], ["metrics", "--textfile", "OUT.prom"],
    ["snap", "-o", "a.tar.zst", "--redact", "--redact-key", "OUT"],
]


def sticky(place):
    """A directory like /tmp within the place."""
    shared = pathlib.Path(place) / "shared"
    shared.mkdir()
    os.chmod(shared, 0o1777)
    return shared


def written(place, path):
    """What each verb says that is to write to the path."""
    from hostile import TRACE
    (pathlib.Path(place) / "log").write_text(LOST)
    (pathlib.Path(place) / "kept.trace").write_text(TRACE)
    for words in WRITERS:
        target = path + ".prom" if "OUT.prom" in words else path
        yield words, target, [word.replace("OUT", path) for word in words]


@fault("a link that somebody else placed where an output goes is not written through", quick=1, full=10)
def planted_links(number):
    need_root()
    with folder() as place:
        os.chmod(place, 0o755)
        shared = sticky(place) if number % 2 == 0 else pathlib.Path(place) / "home"
        if not shared.exists():
            shared.mkdir()
            os.chown(shared, NOBODY, NOBODY)
        victim, absent = pathlib.Path(place) / "victim", pathlib.Path(place) / "absent"
        for words, target, command in written(place, f"{shared}/out"):
            for leads in (victim, absent):
                victim.write_bytes(SECRET)
                os.symlink(leads, target)
                os.lchown(target, NOBODY, NOBODY)
                result = run(*command, cwd=place)
                expect(victim.read_bytes() == SECRET, f"{words}: it's written through the link")
                expect(not absent.exists(), f"{words}: a file is made where the link leads")
                expect(result.returncode in (0, 1, 2, 66, 74, 77), f"{words}: {result.returncode} {result.stderr[:200]!r}")
                if os.path.lexists(target):
                    os.unlink(target)


@fault("a file that somebody else placed in a directory like /tmp is given no answer of root's", quick=1, full=10)
def planted_files(_):
    need_root()
    with folder() as place:
        os.chmod(place, 0o755)
        for words, target, command in written(place, f"{sticky(place)}/out"):
            pathlib.Path(target).write_bytes(b"")
            os.chown(target, NOBODY, NOBODY)
            os.chmod(target, 0o666)
            theirs = open(target, "rb")
            result = run(*command, cwd=place)
            expect(theirs.read() == b"", f"{words}: its owner can read it")
            expect(result.returncode in (0, 1, 2, 66, 74, 77), f"{words}: {result.returncode} {result.stderr[:200]!r}")
            if os.path.lexists(target):
                os.unlink(target)
            theirs.close()


@fault("what is written is its owner's alone, and links of one's own are followed", quick=1, full=10)
def own_links(_):
    with folder() as place:
        os.umask(0)
        try:
            for words, target, command in written(place, f"{place}/out"):
                if words[0] == "metrics":
                    continue  # node_exporter is another user.
                result = run(*command, cwd=place)
                expect(os.path.exists(target), f"{words}: nothing is written, {result.stderr[:200]!r}")
                expect(os.stat(target).st_mode & 0o077 == 0, f"{words}: mode {os.stat(target).st_mode:o}")
                os.unlink(target)
        finally:
            os.umask(0o022)
        os.symlink("file", f"{place}/link")
        run("report", "-o", f"{place}/link", CAPTURE)
        expect(b"<html" in (pathlib.Path(place) / "file").read_bytes(), "one's own link isn't followed")
        for path in ("/dev/stdout", "/proc/self/fd/1"):
            result = run("report", "-o", path, CAPTURE)
            expect(b"<html" in result.stdout, f"nothing goes to {path}: {result.stderr[:200]!r}")


SUPPRESSION = "[[suppression]]\n"


@fault("root heeds nothing in a home that isn't root's, and says nothing of it", quick=1, full=10)
def strangers_home(_):
    need_root()
    with folder() as place:
        os.chmod(place, 0o755)
        home = pathlib.Path(place) / "home"
        settings, store = home / ".config/kmemcheck", home / ".local/state/kmemcheck"
        settings.mkdir(parents=True)
        store.mkdir(parents=True)
        log = f"{place}/log"
        pathlib.Path(log).write_text(LOST)
        rule = run("leaks", "--gen-suppressions", log).stdout.decode()
        (settings / "suppressions").write_text(rule.replace('reason = ""', 'reason = "mine"'))
        for name in ("accept", "skip-frames"):
            (settings / name).write_text("no rule at all = = =\n")
        run("snap", "--no-processes", "-o", str(store / "planted.tar.zst"))
        sqlite3.connect(store / "watch.sqlite").close()
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(home)], check=True)
        environments = [{"HOME": str(home)},
                        {"HOME": "/root", "XDG_CONFIG_HOME": f"{home}/.config", "XDG_STATE_HOME": f"{home}/.local/state"}]
        for environment in environments:
            environment["PATH"] = os.environ["PATH"]
            status_is(run("leaks", log, env=environment), 1)
            for words in (["show", CAPTURE], ["list"], ["list", "--json"], ["show", "now"]):
                result = run(*words, env=environment)
                expect(result.returncode == 0, f"{words}: status {result.returncode}, {result.stderr[:200]!r}")
                expect(b"planted" not in result.stdout + result.stderr, f"{words}: tells of a stranger's captures")
        status_is(run("list", str(store), env=environments[0]), 0)


@fault("a home of root's that may not be entered keeps nobody from an answer", quick=1, full=10)
def closed_home(_):
    need_root()
    with folder() as place:
        os.chmod(place, 0o755)
        home = pathlib.Path(place) / "closed"
        (home / ".config/kmemcheck").mkdir(parents=True)
        for name in ("accept", "suppressions", "skip-frames"):
            (home / ".config/kmemcheck" / name).write_text("")
        os.chmod(home, 0o700)
        log = pathlib.Path(place) / "log"
        log.write_text(LOST)
        user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
        for words, status in ((["show", "now"], 0), (["leaks", str(log)], 1), (["list"], 0), (["status"], 0)):
            result = run(*words, prefix=user, env=environment, cwd="/")
            expect(result.returncode in (status, 1), f"{words}: status {result.returncode}, {result.stderr[:200]!r}")


def member(archive, name, content=b"", **fields):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    for field, value in fields.items():
        setattr(entry, field, value)
    archive.addfile(entry, io.BytesIO(content))


MEMINFO = b"MemTotal: 8000000 kB\nMemFree: 500000 kB\nSlab: 90000 kB\nSReclaimable: 10000 kB\nSUnreclaim: 80000 kB\n"


def archive_with(kind, path, victim):
    """An archive of a tree in which one member leads out of it, or is no file."""
    with tarfile.open(path, "w") as archive:
        member(archive, "tree/proc/meminfo", MEMINFO)
        if kind == "climbing":
            member(archive, "tree/../../../" + path.removeprefix("/").replace("a.tar", "made"), b"x")
            member(archive, "../made", b"x")
        elif kind == "absolute":
            member(archive, path.replace("a.tar", "made"), b"x")
        elif kind == "device":
            member(archive, "tree/proc/slabinfo", type=tarfile.CHRTYPE, devmajor=1, devminor=5)
            member(archive, "tree/proc/zoneinfo", type=tarfile.FIFOTYPE)
        elif kind == "twice":
            for _ in range(50):
                member(archive, "tree/proc/meminfo", MEMINFO.replace(b"8000000", b"9000000"))
        else:
            types = {"symlink": tarfile.SYMTYPE, "hardlink": tarfile.LNKTYPE}
            for name in ("proc/vmstat", "proc/cmdline", "proc/version", "proc/mounts", "var/log/dmesg", "proc/77/cmdline"):
                member(archive, f"tree/{name}", type=types[kind], linkname=str(victim))
            member(archive, "tree/sys/kernel/slab", type=types[kind], linkname=os.path.dirname(victim))
            member(archive, "tree/proc/self", type=types[kind], linkname="..")


@fault("no member of an archive, and no link of a tree, leads out of it", quick=1, full=10)
def leading_out(_):
    with folder() as place:
        victim = pathlib.Path(place) / "secrets/cmdline"
        victim.parent.mkdir()
        victim.write_text("zaphod=beeblebrox\n")
        for kind in ("climbing", "absolute", "symlink", "hardlink", "device", "twice"):
            path = f"{place}/a.tar"
            archive_with(kind, path, victim)
            before = sorted(pathlib.Path(place).rglob("*"))
            sources = [path]
            if kind == "symlink":
                tree = pathlib.Path(place) / "unpacked"
                tree.mkdir()
                subprocess.run(["tar", "-C", str(tree), "-xf", path], check=True)
                before = sorted(pathlib.Path(place).rglob("*"))
                sources.append(str(tree))
            for source in sources:
                for words in (["show", "-v", source], ["show", "--json", source], ["top", "processes", source],
                              ["redact", source, "-o", "-"], ["report", "-o", "-", source], ["leaks", source],
                              ["list", place], ["fleet", place], ["status", "-v", "--root", source]):
                    result = run(*words, cwd=place)
                    expect(result.returncode in (0, 1, 2, 64, 65, 66, 69), f"{kind}: {words}: status {result.returncode}")
                    said = result.stdout + result.stderr
                    if words[0] == "redact":
                        said += subprocess.run(["zstd", "-dcq"], input=result.stdout, capture_output=True).stdout
                    expect(b"beeblebrox" not in said, f"{kind}: {words}: it's read through the member")
            after = [file for file in sorted(pathlib.Path(place).rglob("*")) if file.name != ".checked"]
            expect(after == before, f"{kind}: it left {set(after) - set(before)}")


@fault("what is beyond a limit, or is no file, is called that and not absent", quick=1, full=3)
def not_absent(_):
    with folder() as place:
        proc = pathlib.Path(place) / "tree/proc"
        debug = pathlib.Path(place) / "tree/sys/kernel/debug"
        proc.mkdir(parents=True)
        debug.mkdir(parents=True)
        (proc / "meminfo").write_bytes(MEMINFO)
        os.mkfifo(proc / "slabinfo")
        with open(debug / "kmemleak", "wb") as report:
            report.write(LOST.encode())
            report.truncate((1 << 30) + (1 << 20))
        result = run("show", "-v", f"{place}/tree")
        said = (result.stdout + result.stderr).decode(errors="replace")
        expect("slabinfo" in said, f"nothing is said of a pipe: {said[-400:]}")
        document = json.loads(run("show", "--json", f"{place}/tree").stdout)
        text = json.dumps(document)
        expect('"proc/slabinfo": "absent"' not in text, "a pipe is called absent")
        result = run("leaks", f"{place}/tree", limit=120)
        said = (result.stdout + result.stderr).decode(errors="replace")
        expect("absent" not in said, f"a long report is called absent: {said[:300]}")
        expect("f+0x10" in said or "GiB" in said or "limit" in said, f"it isn't said what a long report is: {said[:300]}")
