"""Namespaces that hide parts of the machine: no /sys, hidepid, a chroot, a user's own namespace, containers."""
import json
import os
import pathlib
import shutil
import subprocess

from fault import PROGRAM, Skipped, expect, fault, folder, need_root, run, status_is

USER = "setpriv --reuid=65534 --regid=65534 --clear-groups "


def within(script, *words, **options):
    """Runs kmemcheck in new mount namespace that a script prepares; `$@` is the command."""
    need_root()
    return run(*words, prefix=["unshare", "-m", "sh", "-ec", script, "sh"], **options)


VERBS = [["show", "now"], ["show", "--json", "now"], ["top"], ["top", "processes"], ["status"], ["snap", "-o", "-"],
         ["watch", "--for", "2s", "--interval", "500ms"], ["metrics"], ["report", "--live", "-o", "-"],
         ["check", "--no-kmemleak", "--", "true"], ["diff", "now", "now"]]


def answered(words, result, statuses=(0, 1, 2)):
    said = (result.stdout[-300:] + result.stderr[-300:]).decode(errors="replace")
    expect(result.returncode in statuses, f"{words}: status {result.returncode}: {said}")
    expect("Fatal error" not in said, f"{words}: {said}")
    return said


@fault("without /sys every verb answers, and the capture says what is absent", quick=1, full=10)
def no_sys(_):
    for words in VERBS:
        answered(words, within('mount -t tmpfs none /sys; exec "$@"', *words))
    shown = json.loads(within('mount -t tmpfs none /sys; exec "$@"', "show", "--json", "now").stdout)
    expect("kmemcheck.show" in shown["schema"], "no document")


@fault("hidepid: other users' processes are said to be hidden, and nothing fails", quick=1, full=10)
def hidden_processes(_):
    hide = f'mount -t proc -o hidepid=2 proc /proc; exec {USER} "$@"'
    for words in VERBS:
        answered(words, within(hide, *words, cwd="/"))
    result = within(hide, "top", "processes", cwd="/")
    expect(b"hidepid" in result.stdout + result.stderr, "it isn't said that processes are hidden")
    answered(["maps", "1"], within(hide, "maps", "1", cwd="/"), (66, 77))


def root_folder(place):
    """A root with nothing but the program and the libraries that it needs."""
    root = pathlib.Path(place) / "root"
    needed = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True).stdout.split()
    for file in [PROGRAM, *(word for word in needed if word.startswith("/"))]:
        target = root / file.removeprefix("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        target.chmod(0o755)
    return root


@fault("in a chroot without /proc, /sys, /dev and /etc a command says what is missing", quick=1, full=5)
def bare_chroot(_):
    need_root()
    with folder() as place:
        root = root_folder(place)
        status_is(run("--version", prefix=["chroot", str(root)]), 0)
        for words in VERBS:
            if words[0] == "check":
                words = ["check", "--no-kmemleak", "--", PROGRAM, "--version"]
            result = run(*words, prefix=["chroot", str(root)])
            said = answered(words, result, (69, 77, 74) if words[0] != "check" else (0, 2, 69))
            expect("USAGE" not in said and said.strip(), f"{words} says {said!r}")


@fault("in a chroot with /proc alone every verb answers, or says what is missing", quick=1, full=5)
def chroot_with_proc(_):
    need_root()
    with folder() as place:
        root = root_folder(place)
        (root / "proc").mkdir()
        script = f'mount -t proc proc {root}/proc; exec chroot {root} "$@"'
        for words in VERBS:
            if words[0] == "check":
                words = ["check", "--no-kmemleak", "--", PROGRAM, "--version"]
            answered(words, within(script, *words), (0, 1, 2, 69, 74))


@fault("an ordinary user's own namespace is told from the machine: root in it isn't root", quick=1, full=10)
def user_namespace(_):
    need_root()
    prefix = [*USER.split(), "unshare", "-U", "-r"]
    if subprocess.run([*prefix, "true"], capture_output=True).returncode:
        raise Skipped("ordinary users may make no namespace here")
    for words in VERBS:
        answered(words, run(*words, prefix=prefix, cwd="/", env={"PATH": os.environ["PATH"], "HOME": "/"}), (0, 1, 2, 69))
    result = run("show", "now", prefix=prefix, cwd="/")
    expect(b"ordinary user" in result.stderr, f"it isn't said: {result.stderr[:200]!r}")
    for words in (["scan"], ["kmemleak", "scan=on"], ["trace"]):
        result = run(*words, prefix=prefix, cwd="/")
        answered(words, result, (69, 77))


@fault("in a container the processes are its own, and that is said", quick=1, full=10)
def container(_):
    need_root()
    prefix = ["unshare", "-p", "-f", "--mount-proc"]
    for words in VERBS:
        answered(words, run(*words, prefix=prefix))
    expect(b"container" in run("show", "now", prefix=prefix).stderr, "it isn't said")


@fault("a source that goes away, hangs or is cut while a command is checked accuses nobody", quick=1, full=5)
def lost_source(number):
    need_root()
    ways = {"hangs": "mkfifo {0}/x", "empty": ": >{0}/x", "cut": "head -c 300 /proc/{1} >{0}/x", "text": "echo denied >{0}/x"}
    with folder() as place:
        for source in ("zoneinfo", "vmstat", "slabinfo", "meminfo", "vmallocinfo", "buddyinfo"):
            for way, make in ways.items() if number else list(ways.items())[:2]:
                hide = f"rm -f {place}/x; {make.format(place, source)}; mount --bind {place}/x /proc/{source}"
                result = within('exec "$@"', "check", "--no-kmemleak", "--", "sh", "-ec", hide, limit=120)
                said = answered([source, way], result, (0, 2, 69, 74, 65))
                verdict = result.stdout.decode(errors="replace").strip().splitlines()[-1:]
                expect(not verdict or "leak confirmed" not in verdict[0] and "grew by" not in verdict[0],
                       f"{source} {way}: {verdict}: {said[-200:]}")
                result = within(f'{hide}; exec "$@"', "diff", "--fail-on", "32MiB", "now", "now", limit=120)
                answered([source, way, "diff"], result, (0, 2, 64, 65, 69))
