"""Every text that is read has hostile names in any of its words, and no output sends one of them raw."""
import functools
import html.parser
import json
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree

from fault import FIXTURES, expect, fault, folder, run
from names import HOSTILE, inert

# Without blanks, so that a word stays one; the last one ends attributes, cells, labels and lines of scripts.
RUNS = [HOSTILE, '"\x1b[31m\\n\u2028\'onload=x', "\u202e\x7f\udc9b;`$(x)`</script>", "=cmd|'x'!A0\x9b", "{}%n\x85\u2066"]
WORD = re.compile(r"[A-Za-z_][\w./-]{2,}")

TRACE = """kmemcheck trace 1
windows 1 2 3 4 5 6
sampling 2
kinds kmalloc cache
kept 1000
cache kmalloc-2k 2048 0 8000 0
sum kmalloc 2048 -
 allocated 100 100 100 100 100 100
 left 100 100 100 100 100 100
 freed 0 0 0 0 0 0
 reused 0 0 0 0 0 0
  leaky_take+0x1c/0x40 [leaky]
"""

LOGS = {
    "oom.log": """[ 1.0] python3 invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
[ 1.0] CPU: 0 PID: 77 Comm: python3 Not tainted 6.12.1 #1
[ 1.0] Hardware name: QEMU Standard PC
[ 1.0] Call Trace:
[ 1.0]  dump_stack_lvl+0x5d/0x80
[ 1.0]  oom_kill_process+0x1/0x2 [somemodule]
[ 1.0] Mem-Info:
[ 1.0] active_anon:100 inactive_anon:200000 isolated_anon:0
[ 1.0]  slab_reclaimable:1000 slab_unreclaimable:2000
[ 1.0] Node 0 DMA32 free:4000kB min:4000kB low:5000kB high:6000kB present:1000000kB managed:900000kB
[ 1.0] Unreclaimable slab info:
[ 1.0] Name                      Used          Total
[ 1.0] mycachename               200000KB     210000KB
[ 1.0] Tasks state (memory values in pages):
[ 1.0] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
[ 1.0] [     77]     0    77   210000   200000   100000        0             0 python3
[ 1.0] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/box,task_memcg=/box,task=python3,pid=77,uid=0
[ 1.0] Memory cgroup out of memory: Killed process 77 (python3) total-vm:840000kB, anon-rss:800000kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:100kB oom_score_adj:0
""",
    "kmemleak": """unreferenced object 0xffff888100000000 (size 128):
  comm "insmod", pid 77, jiffies 4294900000 (age 100.0s)
  hex dump (first 32 bytes):
    61 62 63 00 61 62 63 00 61 62 63 00 61 62 63 00  abc.abc.abc.abc.
  backtrace (crc 1234):
    [<ffffffff81000000>] leaky_take+0x10/0x20 [leaky]
    [<ffffffff81000010>] leaky_init+0x10/0x20 [leaky]
""",
    "kept.trace": TRACE,
    "slabtop.txt": """ Active / Total Objects (% used)    : 900000 / 1000000 (90.0%)
 Active / Total Slabs (% used)      : 30000 / 30000 (100.0%)
  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME
400000 390000  97%    0.19K  20000       20     80000K dentryname
""",
    "ps.txt": """USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
someuser    77  0.0 90.0 900000 800000 ?       S    10:00   0:00 /usr/bin/program --option word
""",
}


class Page(html.parser.HTMLParser):
    """What a browser would run of a page."""

    def handle_starttag(self, tag, attributes):
        expect(tag != "img", "a name is a tag")
        for name, _ in attributes:
            expect(not name.startswith("on"), f"a name is the attribute {name} of {tag}")


def sentences(words, place, result):
    """The output is what its form says, whatever names are in it."""
    shown = " ".join(words)
    expect(result.returncode in (0, 1, 2, 3, 64, 65, 66, 69, 74, 77), f"{shown}: status {result.returncode}")
    inert(words, result)
    text = result.stdout
    for name in ("chart.svg", "junit.xml", "metrics.prom"):
        file = pathlib.Path(place) / name
        if file.exists():
            result.stdout = file.read_bytes()
            inert([*words, name], result)
            check_form(name, result.stdout, shown)
            file.unlink()
    if result.returncode < 3:
        form = "x.html" if words[0] == "report" else "x.json" if "--json" in words else "x.txt"
        form = "x.prom" if words[0] == "metrics" and "--json" not in words else form
        check_form(form, text, shown)


LABEL = r'[a-z_]+="(?:[^"\\]|\\["\\n])*"'
METRIC = re.compile(rf"(# (HELP|TYPE) \w+ .*|[a-z_]+(\{{{LABEL}(,{LABEL})*\}})? ([-+0-9.eE]+|[+-]Inf|NaN)|)$")


def check_form(name, content, shown):
    text = content.decode()
    if name.endswith(".json"):
        json.loads(text)
    elif name.endswith((".svg", ".xml")):
        xml.etree.ElementTree.fromstring(text)
        Page().feed(text)
    elif name.endswith(".html"):
        Page().feed(text)
    elif name.endswith(".prom"):
        for line in text.split("\n"):
            expect(METRIC.match(line), f"{shown}: {line!r} is no line of Prometheus")


def spoiled(text, chance, often):
    """The text with a run in some of its words, or at their ends."""
    def one(match):
        if chance.random() > often:
            return match.group()
        word, hostile = match.group(), chance.choice(RUNS)
        return chance.choice([word + hostile, hostile + word, word[:2] + hostile + word[2:]])
    return WORD.sub(one, text)


def write_spoiled(source, target, chance, often):
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_bytes().decode("utf-8", errors="surrogateescape")
    target.write_bytes(spoiled(text, chance, often).encode("utf-8", errors="surrogateescape"))


@functools.cache
def trees():
    """Trees of files, unpacked once."""
    kept = pathlib.Path(folder_kept().name)
    for archive in sorted((FIXTURES / "captures").glob("*.tar.zst")):
        place = kept / archive.name
        place.mkdir()
        subprocess.run(["tar", "-C", place, "--zstd", "-xf", archive], check=True, stderr=subprocess.DEVNULL)
    return sorted(kept.glob("*/*")) + sorted((FIXTURES / "synthetic").iterdir())


@functools.cache
def folder_kept():
    return folder()


def spoiled_tree(place, chance):
    """A tree of which half of the files have hostile words; links have hostile names."""
    source = chance.choice(trees())
    target = pathlib.Path(place) / "tree"
    often = chance.choice([0.02, 0.2, 0.8])
    for path in sorted(source.rglob("*")):
        inner = target / path.relative_to(source)
        if path.name == "digests" or inner.exists() or inner.is_symlink():
            continue
        if path.is_symlink():
            inner.parent.mkdir(parents=True, exist_ok=True)
            inner.symlink_to(str(path.readlink()))
            named = inner.with_name(inner.name + chance.choice(RUNS[:2]).replace("/", ""))
            if chance.random() < 0.2 and not named.is_symlink():
                named.symlink_to(str(path.readlink()))
        elif path.is_file() and chance.random() < 0.5:
            write_spoiled(path, inner, chance, often)
        elif path.is_file():
            inner.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, inner)
    return str(target)


def verbs_of_a_tree(tree):
    return [
        ["show", "-v", tree], ["show", "--json", tree], ["show", "--brief", tree], ["show", "--nagios", tree],
        ["show", "--folded", "allocinfo", tree], ["show", "--folded", "alloc_traces", tree], ["diff", "-v", tree, tree],
        ["diff", "--json", tree, tree], ["top", "kernel", tree], ["top", "processes", "-v", "--chart", "chart.svg", tree],
        ["top", "processes", "--by", "command", "--json", tree], ["top", "cgroups", "--chart", "chart.svg", tree],
        ["top", "cgroups", "--json", tree], ["report", "-o", "-", tree, tree], ["metrics", tree], ["metrics", "--json", tree],
        ["metrics", "--textfile", "metrics.prom", tree], ["status", "-v", "--root", tree], ["status", "--json", "--root", tree],
        ["leaks", "-v", tree], ["leaks", "--json", tree], ["maps", "1", tree], ["list", tree], ["list", "--json", tree],
        ["fleet", tree], ["fleet", "--json", tree], ["watch", "--replay", tree, "--chart", "chart.svg"],
        ["redact", "--json", tree, "-o", "redacted.tar.zst"], ["list", "-v", "redacted.tar.zst"],
    ]


@fault("hostile words anywhere in a tree's files reach no output of any verb raw", quick=1, full=100)
def in_trees(number):
    chance = random.Random(number)
    with folder() as place:
        for words in verbs_of_a_tree(spoiled_tree(place, chance)):
            sentences(words, place, run(*words, cwd=place))


def verbs_of_a_text(text):
    return [
        ["show", "-v", text], ["show", "--json", text], ["leaks", "-v", text], ["leaks", "--json", text],
        ["leaks", "--junit", "junit.xml", text], ["leaks", "--folded", text], ["leaks", "--gen-suppressions", text],
        ["leaks", "--suppressions", text, text], ["leaks", "--baseline", text, text], ["trace", "-v", text],
        ["trace", "--json", text], ["trace", "--junit", "junit.xml", text], ["trace", "--folded", text],
        ["report", "-o", "-", text], ["diff", text, text], ["top", text], ["top", "processes", text], ["metrics", text],
        ["watch", "--replay", text], ["fleet", text], ["status", "--config", text], ["redact", text, "-o", "redacted.tar.zst"],
    ]


@fault("hostile words anywhere in pasted texts, logs, traces and reports of programs reach no output raw", quick=1, full=100)
def in_texts(number):
    chance = random.Random(number)
    with folder() as place:
        kept = pathlib.Path(place)
        for name, text in LOGS.items():
            (kept / f"plain-{name}").write_text(text)
        sources = sorted(kept.iterdir()) + sorted((FIXTURES / "programs").glob("*.[tx][xm]*"))
        for source in sources if number else sources[:6]:
            text = kept / source.name.removeprefix("plain-")
            write_spoiled(source, text, chance, chance.choice([0.1, 0.5]))
            for words in verbs_of_a_text(text.name):
                sentences(words, place, run(*words, cwd=place))


@fault("hostile keys and names of hosts in a history reach no output raw", quick=1, full=50)
def in_histories(number):
    chance = random.Random(number)
    with folder() as place:
        history = f"{place}/w.sqlite"
        shutil.copyfile(chance.choice(sorted((FIXTURES / "history").glob("*.sqlite"))), history)
        database = sqlite3.connect(history)
        database.text_factory = lambda content: content.decode("utf-8", errors="surrogateescape")
        # What the first format called a name is a key today.
        column = "key" if "key" in [row[1] for row in database.execute("PRAGMA table_info(series)")] else "name"
        for key, name in database.execute(f"SELECT id, {column} FROM series").fetchall():
            if chance.random() < 0.5:
                hostile = (name + chance.choice(RUNS)).encode("utf-8", errors="surrogateescape")
                database.execute(f"UPDATE series SET {column} = CAST(? AS TEXT) WHERE id = ?", (hostile, key))
        for column in ("host", "release", "machine"):
            database.execute(f"UPDATE run SET {column} = CAST(? AS TEXT)",
                             (chance.choice(RUNS).encode("utf-8", errors="surrogateescape"),))
        database.commit()
        database.close()
        for words in (["watch", "--replay", history, "-v", "--chart", "chart.svg"], ["watch", "--replay", history, "--json"],
                      ["export", "--csv", history], ["export", history], ["report", "-o", "-", history], ["list", "-v", history],
                      ["list", "--json", history], ["metrics", "--replay", history], ["metrics", "--json", "--replay", history],
                      ["fleet", history], ["fleet", "--json", history], ["watch", "--replay", history, "--brief"]):
            result = run(*words, cwd=place)
            if "--csv" in words:
                for line in result.stdout.decode(errors="replace").splitlines():
                    expect(not re.search(r'(^|,)"?[=+@\t]', line), f"a spreadsheet would run {line[:100]!r}")
            sentences(words, place, result)


@fault("hostile names of files reach no output raw", quick=1, full=10)
def in_paths(number):
    chance = random.Random(number)
    with folder() as place:
        hostile = chance.choice(RUNS).replace("/", "")
        path = f"{place}/{hostile}"
        for verb in ([v for v in verbs_of_a_text(path) + verbs_of_a_tree(path) if path in v]):
            sentences(verb, place, run(*verb, cwd=place))
        pathlib.Path(path).mkdir()
        (pathlib.Path(path) / f"a{hostile}.log").write_text(LOGS["oom.log"])
        (pathlib.Path(path) / f"b{hostile}.tar.zst").write_text("no archive")
        for verb in ([v for v in verbs_of_a_text(path) + verbs_of_a_tree(path) if path in v]):
            sentences(verb, place, run(*verb, cwd=place))
