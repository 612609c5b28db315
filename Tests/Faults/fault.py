"""What all faults share: how one is written down, and how kmemcheck is run."""
import collections
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KMEMCHECK_BIN") or str(ROOT / ".build/debug/kmemcheck")
FIXTURES = ROOT / "Fixtures"

Fault = collections.namedtuple("Fault", "name quick full attempt")
FAULTS = []


class Failed(Exception):
    """What was seen instead of what is right."""


class Skipped(Exception):
    """Why it can't be tried here."""


def fault(name, quick=1, full=20):
    """Notes a function as a fault of that name; it gets the number of the try."""
    def note(attempt):
        FAULTS.append(Fault(name, quick, full, attempt))
        return attempt
    return note


def expect(holds, sentence):
    if not holds:
        raise Failed(sentence)


def need_root():
    if os.geteuid() != 0:
        raise Skipped("needs root")


def run(*words, limit=60, prefix=(), **options):
    """Runs kmemcheck and gives what it said; one that doesn't end in time has failed."""
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    try:
        return subprocess.run([*prefix, PROGRAM, *words], timeout=limit, **options)
    except subprocess.TimeoutExpired:
        raise Failed(f"kmemcheck {' '.join(words)} hadn't ended after {limit} s")


def folder():
    return tempfile.TemporaryDirectory(prefix="kmemcheck-faults-")


def status_is(result, wanted):
    said = (result.stderr or b"").decode(errors="replace").strip()[:200]
    expect(result.returncode == wanted, f"status {result.returncode}, not {wanted}: {said}")
    expect("Fatal error" not in said, said)
