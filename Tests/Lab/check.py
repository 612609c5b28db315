#!/usr/bin/env python3
"""Judges one scenario: reads its `expect <<'END' … END` block over the files it brought back.

    check.py SCENARIO.sh RESULT_DIRECTORY KERNEL

Prints a line for each thing that does not hold, and exits 1 if there is one.
The words a block may use are the functions below whose names have no underscore in front.
"""
import json
import os
import re
import subprocess
import sys
import types
from pathlib import Path

MiB = 1 << 20
KiB = 1 << 10
problems = []


class Missing(Exception):
    pass


def check(holds, sentence):
    if not holds:
        problems.append(sentence)


def near(actual, wanted, within, what):
    """`actual` lies within `within` of `wanted`; a null never does."""
    if actual is None:
        check(False, f"{what} is null, and {_bytes(wanted)} was expected")
    else:
        check(abs(actual - wanted) <= within,
              f"{what} is {_bytes(actual)}, and {_bytes(wanted)} ± {_bytes(within)} was expected")


def _bytes(n):
    return f"{n:,} B ({n / MiB:.2f} MiB)"


def text(name):
    path = results / name
    if not path.exists():
        raise Missing(f"the guest left no file {name}")
    return path.read_text(errors="replace")


def document(name):
    """A JSON file the guest left."""
    try:
        return json.loads(text(name))
    except json.JSONDecodeError as error:
        raise Missing(f"{name} is not JSON: {error}")


def sound(instruments):
    """No check of a sound kernel accuses it, and each came to an end."""
    told = sorted(results.glob("*-*.status"))
    check(bool(told), "no check was made")
    with open(results / "checked.tsv", "w") as table:
        for path in told:
            name = path.stem
            try:
                verdict = document(f"{name}.out")["verdict"]
            except Missing as missing:
                check(False, f"{name}: {missing}")
                continue
            repeat, trigger = name.split("-", 1)
            table.write(f"{instruments} × {repeat}\t{trigger}\t{verdict['word']}\n")
            check(not verdict["word"].startswith("leak"), f"{name}: {verdict['sentence']}")
            if verdict["word"] == "nothing found" and int(repeat) >= 1000:
                own_memory_stays(name)


def own_memory_stays(name):
    """Where a command leaves nothing, programs don't gain memory with its runs: kmemcheck is one of them."""
    gained = [one["trend"]["perIteration"] for one in document(f"{name}.out")["series"] if one["id"] == "anonymous"]
    check(all((rate or 0) < 4096 for rate in gained), f"{name}: programs gain {gained} bytes at each run")


def exit_status(name, wanted):
    """What `run NAME …` ended with."""
    status = int(text(f"{name}.status"))
    check(status == wanted, f"{name} ended with exit status {status}, not {wanted}: "
                            f"{text(name + '.err').strip()[:300]}")


def says(name, *words):
    """The output of `run NAME …`, or a file, holds each of these words, in whatever case."""
    content = text(f"{name}.out") + text(f"{name}.err") if (results / f"{name}.out").exists() else text(name)
    for word in words:
        check(word.lower() in content.lower(), f"{name} does not say {word!r}")
    return content


def between(first, last):
    """Seconds from one `stamp` to another."""
    stamps = dict(line.split() for line in text("stamps").splitlines())
    if first not in stamps or last not in stamps:
        raise Missing(f"the guest has no stamp {first} or {last}")
    return float(stamps[last]) - float(stamps[first])


def truth(module):
    """What the module says it holds, as of its last leak."""
    lines = [line for line in text("truth").splitlines() if line.split()[0] == module]
    if not lines:
        raise Missing(f"no truth was told about {module}")
    fields = dict(pair.split("=") for pair in lines[-1].split()[1:])
    return types.SimpleNamespace(**{key: int(value) for key, value in fields.items()})


def kmemleak_state(state, usable):
    """What `run json kmemcheck status --json` says about kmemleak."""
    exit_status("json", 0)
    said = document("json.out")["kmemleak"]
    check((said["state"], said["usable"]) == (state, usable),
          f"kmemleak's state is {said['state']}, usable: {said['usable']}; expected {state}, {usable}")


def ability(identifier):
    """Its state: yes, off, denied, …; None where status does not list it."""
    states = [one["state"] for one in document("json.out")["abilities"] if one["id"] == identifier]
    return states[0] if states else None


class _Diff:
    def __init__(self, json):
        self.json = json
        self.verdict = json["verdict"]

    def growth(self, identifier):
        """Growth of a class in bytes; null where the program does not know."""
        for entry in self.json["classes"]:
            if entry["id"] == identifier:
                return entry["growth"]
        raise Missing(f"the diff has no class {identifier}")

    def cache(self, name):
        """The row of a slab cache, found under its own name or an alias."""
        for row in self.json["caches"]:
            if row["name"] == name or name in (row.get("aliases") or []):
                return row
        raise Missing(f"the diff names no cache {name}")

    def grown_caches(self, least=MiB):
        """Names of the caches that grew by at least that much; kmemleak's own books are not accused."""
        return [row["name"] for row in self.json["caches"]
                if (row["growth"] or 0) >= least
                and row["side"] != "debugging"]

    def slab_leak(self, name, leaked):
        """All that holds when one cache grew by what was leaked into it, and nothing else did."""
        row = self.cache(name)
        # Slabs come whole, and what a processor had at hand is used up first.
        slack = 512 * KiB
        near(row["growth"], leaked.bytes, slack, f"growth of {name}")
        lacking = abs((row["objects"] or 0) - leaked.count)
        check(lacking <= slack // leaked.ksize, f"{name} grew by {row['objects']} objects, and {leaked.count} were leaked")
        near(self.growth("slabUnreclaimable"), leaked.bytes, MiB, "growth of unreclaimable slab")
        near(self.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
        check(self.grown_caches() == [row["name"]], f"{self.grown_caches()} are accused, not {name} alone")
        check(self.verdict["word"] == "growing, cause unknown", f"the verdict is {self.verdict}")

    def balances(self):
        """What classes gained they took from each other: together they grew as MemTotal did."""
        total = sum(entry["growth"] or 0 for entry in self.json["classes"])
        wanted = self.json["memTotal"]["growth"]
        check(total == wanted, f"all classes together grew by {total} bytes, and MemTotal by {wanted}")

    def caller(self, module):
        """Growth by vmalloc callers of one module."""
        return sum(row["growth"] for row in self.json["vmallocCallers"] if row["module"] == module)

    def tags(self, function):
        """Growth by the allocation tags of one function; 0 on a kernel without them."""
        return sum(row["growth"] for row in self.json["allocTags"] or [] if row["function"] == function)


# What each of `leak_all`'s modules leaks: the grower, and the function that takes the memory.
_GROWERS = {
    "kmalloc": "kmalloc-2k", "cache": "kmemlab_own", "merge_b": "kmemlab_merge_b",
    "vmalloc": "vmalloc", "pages0": "unaccounted", "pages4": "unaccounted", "percpu": "percpu",
    "chain": "kmalloc-4k", "ring": "kmalloc-4k", "notleak": "kmalloc-4k", "timer": "kmalloc-4k",
    "worker": "kmalloc-4k", "other": "slabUnreclaimable", "gone": "kmalloc-4k",
}


def owner_of(found, grower):
    """The attribution of a cache, by its own name or an alias, or of a class."""
    for entry in found.json["owners"]:
        if entry["id"] == grower or grower in entry["aliases"]:
            return entry
    return None


class _Cell:
    """What is said about who owns one leak."""

    def __init__(self, kind, found, leaked):
        self.kind, self.leaked = kind, leaked
        self.module, self.function = f"kmemlab_{kind}", f"kmemlab_{kind}_take"
        self.entry = owner_of(found, _GROWERS[kind])
        self.candidates = self.entry["candidates"] if self.entry else []
        self.best = self.candidates[0] if self.candidates else None

    @property
    def is_exact(self):
        return bool(self.best) and self.best["confidence"] == "exact"

    def text(self):
        """The cell as the table prints it."""
        if not self.entry:
            return "NO SUCH GROWER"
        if not self.best:
            step = self.entry["nextStep"]
            return "nobody named" + (f"; next: `{step['command'] or step['text']}`" if step else "")
        kinds = ", ".join(dict.fromkeys(one["kind"] for one in self.best["evidence"]))
        place = ""
        if self.best["line"]:
            place = ":" + str(self.best["line"])
        name = self.best["function"] or self.best["module"]
        others = len(self.candidates) - 1
        if self.best["confidence"] == "possible":
            names = ", ".join(one["module"] or one["function"] or "?" for one in self.candidates)
            return f"one of {names} ({kinds})"
        word = "exact" if self.is_exact else "inferred"
        bytes_ = self.best["growth"]
        share = f", {100 * bytes_ / self.leaked.bytes:.0f} %" if bytes_ is not None else ""
        return f"**{word}** `{name}{place}` ({kinds}{share})" + (f" + {others}" if others else "")

    def right_line(self):
        """Named first, exactly, with function and line, and its bytes within 2 %."""
        self._exact()
        if self.best:
            check(bool(self.best["line"]), f"{self.kind}: no line of source is given")

    def right_function(self):
        """Named first, exactly, with its function, and its bytes within 2 %."""
        self._exact()

    def _exact(self):
        best = self.best or {}
        check(self.is_exact, f"{self.kind}: not exact: {self.text()}")
        check((best.get("module"), best.get("function")) == (self.module, self.function),
              f"{self.kind}: named first is {best.get('function')} of {best.get('module')}")
        near(best.get("growth"), self.leaked.bytes, self.leaked.bytes // 50, f"{self.kind}: bytes of its owner")

    def right_module(self):
        """Named first, and said to be inferred."""
        best = self.best or {}
        check(best.get("module") == self.module, f"{self.kind}: named first is {self.text()}")
        check(best.get("confidence") == "likely", f"{self.kind}: inferred, and said to be {best.get('confidence')}")

    def in_set(self):
        """One of several that are possible, none of them said to be certain."""
        check(self.module in [one["module"] for one in self.candidates], f"{self.kind}: not in the set: {self.text()}")
        check(all(one["confidence"] == "possible" for one in self.candidates), f"{self.kind}: {self.text()}")

    def unnamed(self):
        """No module is accused, and the next step is given."""
        accused = [one["module"] for one in self.candidates if one["module"]]
        check(not accused, f"{self.kind}: {accused} accused without evidence")
        check(bool(self.entry) and bool(self.entry["nextStep"]), f"{self.kind}: no next step is named")

    def unnamed_for_good(self):
        """No module is accused; nothing on this kernel could tell."""
        accused = [one["module"] for one in self.candidates if one["module"]]
        check(not accused, f"{self.kind}: {accused} accused without evidence")


def matrix(column, **expected):
    """Checks every leak of `leak_all`: for each, the word that its cell must live up to.

    What is said goes into matrix.tsv, from which Tests/Lab/matrix makes the table."""
    rows = []
    for line in text("leaks").splitlines():
        number, kind = line.split()
        cell = _Cell(kind, diff(number, str(int(number) + 1)), truth(f"kmemlab_{kind}"))
        wanted = expected.get(kind, expected["others"])
        getattr(cell, wanted)()
        rows.append(f"{column}\t{kind}\t{cell.text()}")
    (results / "matrix.tsv").write_text("\n".join(rows) + "\n")


def diff(before="before", after="after"):
    """What kmemcheck says about two snapshots of the guest's. It says it here, on the host, where
    that takes milliseconds; leak-kmalloc makes sure that the guest says the same."""
    command = [os.environ["KMEMCHECK"], "diff", f"{before}.tar.zst", f"{after}.tar.zst", "--json"]
    said = subprocess.run(command, cwd=results, capture_output=True, text=True, timeout=60)
    if said.returncode != 0:
        raise Missing(f"kmemcheck diff ended with status {said.returncode}: {said.stderr.strip()[:300]}")
    return _Diff(json.loads(said.stdout))


class _Leaks:
    def __init__(self, json):
        self.json = json
        self.groups = json["groups"]

    def group(self, module, leaked, least=0.99, certainty=None):
        """The one group of a module: (nearly) all that was leaked, in objects and in bytes."""
        groups = [one for one in self.groups if one["module"] == module]
        check(len(groups) == 1, f"{module} has {len(groups)} groups: {[one['fingerprint'] for one in groups]}")
        if not groups:
            return None
        group = groups[0]
        check(least * leaked.count <= group["objects"] <= leaked.count,
              f"{module} leaked {leaked.count} objects, and {group['objects']} are reported")
        wanted = group["objects"] * leaked.bytes // leaked.count
        check(group["bytes"] == wanted, f"{module}: {_bytes(group['bytes'])}, not {_bytes(wanted)}")
        if certainty:
            check(group["certainty"] == certainty, f"{module}: {group['certainty']}, growth {group['growth']}")
        return group

    def modules(self):
        """Modules that are blamed for something."""
        return sorted({one["module"] for one in self.groups if one["module"]})

    def of(self, function):
        """The groups whose culprit is this function, whatever the compiler appended to its name."""
        return [group for group in self.groups
                if group["culprit"] and (group["culprit"]["function"] or "").split(".")[0] == function]

    def at_its_line(self, module, function=None):
        """All the module leaked is one group, at the line that allocates. Returns the group."""
        function = function or f"{module}_take"
        groups = self.of(function)
        check(len(groups) == 1, f"{function} has {len(groups)} groups, not one")
        for group in groups:
            check(group["module"] == module, f"{function} is put into {group['module']}, not {module}")
            file, line = allocation_line(module)
            said = group["source"] or {"file": "nowhere", "line": 0}
            check((said["file"].split("/")[-1], said["line"]) == (file, line),
                  f"{function} allocates at {file}:{line}, and the report says {said['file']}:{said['line']}")
        return groups[0] if groups else None

    def accuses_nobody_of(self, module):
        """No frame of any group names the module."""
        frames = [frame["text"] for group in self.groups for frame in group["frames"]
                  if frame["module"] == module]
        check(not frames, f"{module} is innocent, and the report names {', '.join(frames[:3])}")


def allocation_line(module):
    """The file and line of a leak module's source, or of its own header, that calls the allocator."""
    modules = Path(__file__).parent / "modules"
    header = re.search(r'#include "(kmemlab_\w+\.h)"', (modules / f"{module}.c").read_text())
    for name in [f"{module}.c"] + ([header[1]] if header else []):
        for number, line in enumerate((modules / name).read_text().split("\n"), 1):
            if re.search(r"= \w*alloc\w*\(", line):
                return name, number
    raise Missing(f"{module} has no line that allocates")


def leaks(name):
    """What `run NAME kmemcheck scan|leaks|check --json` printed."""
    return _Leaks(document(name + ".out"))


def leaks_on_host(snapshot, *options):
    """The report in a snapshot of the guest's, read on the host."""
    command = [os.environ["KMEMCHECK"], "leaks", f"{snapshot}.tar.zst", "--json", *options]
    said = subprocess.run(command, cwd=results, capture_output=True, text=True, timeout=100)
    if said.returncode != 1:
        raise Missing(f"kmemcheck leaks ended with status {said.returncode}: {said.stderr.strip()[:300]}")
    return _Leaks(json.loads(said.stdout))


class _Shortage:
    def __init__(self, json):
        self.json = json
        self.last = json["reports"][-1] if json["reports"] else {}
        check(bool(json["reports"]), "the log has no report")

    def cause(self, wanted, *words):
        """The cause of the last report, and words that its sentence has."""
        said = self.last.get("sentence", "")
        check(self.last.get("cause") == wanted, f"the cause is {self.last.get('cause')}, not {wanted}: {said}")
        for word in words:
            check(word in said, f"the sentence lacks {word}: {said}")

    def holder(self, identifier, least):
        """The class that holds most, and how much that is at least."""
        first = (self.last.get("holders") or [{}])[0]
        check(first.get("id") == identifier, f"{first.get('id')} holds most, not {identifier}")
        check(first.get("bytes", 0) >= least, f"it holds {_bytes(first.get('bytes', 0))}, less than {_bytes(least)}")

    def killed(self, name):
        """The process of that name was killed."""
        names = [one["name"] for one in self.last.get("killed", [])]
        check(name in names, f"{names} were killed, not {name}")


def shortage(log="log"):
    """What kmemcheck says of the guest's kernel log, and of nothing else."""
    command = [os.environ["KMEMCHECK"], "show", log, "--json"]
    said = subprocess.run(command, cwd=results, capture_output=True, text=True, timeout=60)
    if said.returncode != 0:
        raise Missing(f"kmemcheck show ended with status {said.returncode}: {said.stderr.strip()[:300]}")
    return _Shortage(json.loads(said.stdout))


def pace(name, field="bytes"):
    """What NAME really gained a second, by what the guest's word `pace` wrote down."""
    lines = [line.split()[1:] for line in text("pace").splitlines() if line.split()[0] == name]
    moments = [dict(pair.split("=") for pair in line) for line in lines]
    if len(moments) < 2:
        raise Missing(f"the pace of {name} was noted {len(moments)} times, which tells no rate")
    first, last = moments[0], moments[-1]
    return (float(last[field]) - float(first[field])) / (float(last["uptime"]) - float(first["uptime"]))


def _name(series):
    """What a user knows a series by: a class and a side by title, anything else by its id."""
    return series["title"] if series["kind"] in ("class", "side", "system", "count") else series["id"]


class _Watch:
    """What `watch_for` came to, against the truth. Each judgement leaves a line for the table."""

    def __init__(self, name):
        self.json = document(name + ".out")
        self.status = int(text(name + ".status"))
        self.verdict, self.growing, self.next = (self.json[key] for key in ("verdict", "growing", "next"))
        self.culprit = self.verdict["culprit"] or {"kind": "nothing", "id": "nothing", "title": "nothing"}
        self.said = 0   # the culprit's rate

    def leak(self, module, *places, within=0.1, counted=1):
        """The kernel grows as fast as the module leaks, it is named as exactly as this kernel can,
        and nobody else is accused.

        Places are what its memory lies in: caches, classes. Where lines of source are counted (6.12),
        its line is named; elsewhere the first place. `counted`: how often its line counts each byte."""
        leaked = pace(module)
        self._word("growing, cause unknown", 1)
        line = "kmemlab/{}:{} {}_take [{}]".format(*allocation_line(module), module, module)
        hasLines = kernel == "6.12"
        wanted = line if hasLines else places[0]
        check(_name(self.culprit) == wanted, f"{self.culprit} is named, not {wanted}")
        caller = re.compile(rf"{module}_take\b.* \[{module}\]$")
        self._accused(lambda row: row["side"] in ("kernel", "unaccounted")
                      and (_name(row) in (line, module, *places)
                           or row["kind"] == "vmalloc caller" and caller.match(_name(row))))
        self._rate(leaked * (counted if hasLines else 1), within)
        self._table(self._words(leaked))
        return self

    def held(self, program, kind, leaked, *others, within=0.1):
        """The program holds ever more of that kind, and what else grows is held for it."""
        self._word("held for user space", 1)
        check(self.culprit["kind"] == kind and program in _name(self.culprit).split(),
              f"{self.culprit} is named, not {kind} of {program}")
        self._accused(lambda row: row["verdict"] == "held for user space"
                      and (_name(row) in others or program in _name(row).split()))
        self._rate(leaked, within)
        self._table(self._words(leaked))
        return self

    def caused(self, program, kind, leaked, within=0.1):
        """The program's things are the cause, and all else that grows is held for them."""
        self._word("held for user space", 1)
        check(self.culprit["kind"] == kind and program in _name(self.culprit).split(),
              f"{self.culprit} is named, not {kind} of {program}")
        self._accused(lambda row: row["verdict"] == "held for user space")
        self._rate(leaked, within)
        self._table(self._words(leaked))
        return self

    def own(self, program, leaked, *others, within=0.1):
        """The program itself grows, and so may what it is part of; the kernel isn't accused."""
        self._word("user space grew", 1)
        check(program in _name(self.culprit).split() or _name(self.culprit) in others,
              f"{self.culprit} is named, not {program}")
        self._accused(lambda row: row["side"] == "userSpace"
                      and (_name(row) in (*others, "anonymous") or program in _name(row).split()))
        self._rate(leaked, within)
        self._table(self._words(leaked))
        return self

    def nothing(self, word="stable"):
        """Nothing leaks, and nothing is accused; a minute may be too short to be sure of that."""
        if self.verdict["word"] == "not enough data":
            self._word("not enough data", 2)
        else:
            self._word(word, 0)
        self._accused(lambda row: False)
        self._table("no leak")
        return self

    def advises(self, *words):
        """What to do next mentions each of them."""
        for word in words:
            check(any(word in step for step in self.next), f"the next steps are {self.next}, without {word!r}")
        return self

    def advises_no(self, words):
        check(not any(words in step for step in self.next), f"the next steps are {self.next}, with {words!r}")
        return self

    def tells(self, words):
        """The verdict mentions it."""
        check(words in self.verdict["sentence"], f"{words!r} isn't in: {self.verdict['sentence']}")
        return self

    def _word(self, wanted, status):
        check(self.verdict["word"] == wanted, f"not {wanted!r}, but: {self.verdict['sentence']}")
        check(self.status == status, f"watch ended with exit status {self.status}, not {status}")

    def _accused(self, is_right):
        for row in self.growing:
            check(is_right(row), f"{row['kind']} {_name(row)} ({row['side']}) is accused")

    def _rate(self, leaked, within):
        for row in self.growing + self.json["lines"]:
            if (row["kind"], _name(row)) == (self.culprit["kind"], _name(self.culprit)):
                self.said = row["perSecond"]
                check(abs(row["perSecond"] - leaked) <= within * leaked,
                      f"{_name(row)} is said to grow by {row['perSecond']:.0f} a second, and it was {leaked:.0f}")
                return
        check(False, f"{_name(self.culprit)} is named, and isn't among what grows")

    def _table(self, truth):
        """Two cells for Tests/Lab/matrix: what was said, and after how many samples."""
        name, said = scenario.stem.removeprefix("watch-"), self.verdict["word"]
        if self.culprit["kind"] != "nothing":
            culprit = re.sub(r"^kmemlab/| @\d+$", "", _name(self.culprit))
            said += f": {self.culprit['kind']} `{culprit}`, {self._words(self.said)} of {truth} a second"
        else:
            said += f" ({truth})"
        cells = [(kernel, said), (f"{kernel}, samples", self.json["samples"])]
        (results / "watched.tsv").write_text("".join(f"{column}\t{name}\t{cell}\n" for column, cell in cells))

    def _words(self, amount):
        things = ("open files", "threads", "children", "zombies")
        return f"{amount:.0f}" if self.culprit["kind"].endswith(things) else f"{amount / KiB:.0f} KiB"


def programs(right):
    """Each program that was watched is named first: `right` has word, kind and name of the culprit, and a next step."""
    told = [name for name in right if (results / f"{name}.status").exists()]
    check(bool(told), "no program was watched")
    with open(results / "programs.tsv", "w") as table:
        for name in told:
            said = watched(name)
            word, kind, who, step = right[name]
            table.write(f"{kernel}\t{name}\t{said.verdict['word']}: {said.culprit['kind']} {_name(said.culprit)}\t"
                        f"{said.json['samples']}\t{said.verdict['sentence']}\t{' | '.join(said.next)}\n")
            is_right = (said.verdict["word"], said.culprit["kind"]) == (word, kind) and who in _name(said.culprit)
            check(is_right, f"{name}: {said.culprit} is named: {said.verdict['sentence']}")
            check(any(step in one for one in said.next), f"{name}: the next steps are {said.next}, without {step!r}")


def _plain(function):
    """A function's name without what compilers append."""
    return function.split(".")[0] if function else None


class _Trace:
    """What `trace_for NAME` said of one leak."""

    def __init__(self, name, kind):
        self.name, self.json = name, document(f"{name}.out")
        self.function = f"kmemlab_{kind}_take"
        self.rising = [g for g in self.json["groups"] if g["judgement"] == "rising"]
        self.own = [g for g in self.json["groups"] if self.function == _plain(g["function"])]

    def rate(self):
        """Objects a second by the trace, and by the module."""
        points = []
        for line in text("pace").splitlines():
            if line.split()[0] == self.function.removesuffix("_take"):
                pairs = dict(pair.split("=") for pair in line.split()[1:])
                points.append((float(pairs["uptime"]), int(pairs["count"])))
        # A module that is traced twice keeps counting: the last drip alone.
        last = [points[-1]]
        for point in reversed(points[:-1]):
            if last[0][0] - point[0] > 5:
                break
            last.insert(0, point)
        true = (last[-1][1] - last[0][1]) / (last[-1][0] - last[0][0])
        found = self.own[0]["objectsPerSecond"] if self.own else None
        return (found * self.json["sampling"] if found else None), true

    def leak(self, within):
        check(bool(self.rising), f"{self.name}: nobody is named; {self.json['verdict']['sentence']}")
        if not self.rising:
            return
        first = _plain(self.rising[0]["function"])
        check(first == self.function, f"{self.name}: {first} is named first, not {self.function}")
        for other in self.rising[1:]:
            check(_plain(other["function"]) == self.function, f"{self.name}: {other['function']} is accused too")
        found, true = self.rate()
        check(found is not None and abs(found - true) <= within * true,
              f"{self.name}: {found} objects a second, and {true:.1f} were leaked")

    def stopped(self):
        words = [g["judgement"] for g in self.own]
        check("stopped" in words, f"{self.name}: {self.function} is not said to have stopped, but {words}")
        check(not self.rising, f"{self.name}: {[g['function'] for g in self.rising]} is accused")

    def cell(self):
        group = (self.rising or self.own or [None])[0]
        if not group:
            return self.json["verdict"]["word"]
        found, true = self.rate()
        error = f", {100 * (found / true - 1):+.0f} %" if found and self.own else ""
        named = (_plain(group["function"]) or "?").replace("kmemlab_", "")
        return f"**{group['judgement']}** `{named}` (1 in {self.json['sampling']}{error})"


def traced(column):
    """Each leak of `trace_leaks` is named first, at its rate, and nobody else is accused.

    What is said goes into traced.tsv, from which Tests/Lab/matrix --trace makes the table."""
    rows = []
    for line in text("traces").splitlines():
        name, kind, arguments = line.split()
        try:
            trace = _Trace(name, kind)
            trace.stopped() if kind == "gone" else trace.leak(0.05 if trace.json["sampling"] == 1 else 0.15)
            rows.append(f"{column}\t{name} ({arguments})\t{trace.cell()}")
        except Missing as missing:
            check(False, f"{name}: {missing}: {text(name + '.err').strip()[-300:]}")
            rows.append(f"{column}\t{name} ({arguments})\tno answer")
    (results / "traced.tsv").write_text("\n".join(rows) + "\n")


def rising(name, *functions):
    """The trace NAME accuses these functions alone, by their names or the ends of them; nobody, if there are none."""
    answer = document(f"{name}.out")
    accused = [_plain(g["function"]) for g in answer["groups"] if g["judgement"] == "rising"]
    is_right = bool(accused) and all(one.endswith(functions) for one in accused) if functions else not accused
    check(is_right, f"{name}: {accused or 'nobody'} is accused, not {functions or 'nobody'}: "
          f"{answer['verdict']['sentence']}")


def untraced():
    """No trace beside a load without a leak accuses anybody, and each came to a verdict."""
    for path in sorted(results.glob("load-*.out")):
        answer = document(path.name)
        accused = [g["function"] for g in answer["groups"] if g["judgement"] == "rising"]
        check(not accused, f"{path.stem}: {accused} accused")


def watched(name="watch"):
    """What `watch_for` said, or another `run NAME kmemcheck watch --json`."""
    return _Watch(name)


def _expectation(scenario):
    """The block, and where it stands, so that an error names a line of the scenario."""
    source = scenario.read_text()
    found = re.search(r"^expect <<'END'\n(.*?)^END$", source, re.M | re.S)
    if not found:
        sys.exit(f"{scenario} has no block: expect <<'END' … END")
    return "\n" * source[:found.start(1)].count("\n") + found.group(1)


def _judge():
    words = {name: value for name, value in globals().items() if not name.startswith("_")}
    try:
        exec(compile(_expectation(scenario), str(scenario), "exec"), words)
    except Missing as gap:
        problems.append(str(gap))
    except Exception as error:  # a mistake in the block: as short as any other reason
        line = error.__traceback__.tb_next.tb_lineno if error.__traceback__.tb_next else 0
        problems.append(f"{scenario.name}:{line}: {type(error).__name__}: {error}")


def _guest_status():
    status = int(text("status"))
    if status == 137:
        problems.append("the guest script was stopped: it ran out of its time")
    elif status:
        last = text("output").strip().splitlines()[-3:]
        problems.append(f"the guest script ended with status {status}: {' / '.join(last)}")


if __name__ == "__main__":
    scenario, results, kernel = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    try:
        _guest_status()
    except Missing:
        problems.append("the guest ended before this scenario did; see the console")
    if not problems:
        _judge()
    for problem in problems:
        print(f"not so: {problem}")
    sys.exit(1 if problems else 0)
