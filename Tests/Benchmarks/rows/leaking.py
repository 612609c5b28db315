"""Large reports of kmemleak, beside mawk that only counts their first frames."""
import pathlib
import subprocess

from bench import ROOT, folder, kmemcheck, least, ms, need, once

FRAMES = '/backtrace/ { first = 1; next } first { n[$0]++; first = 0 } END { for (f in n) print n[f], f }'


def rows(table):
    need("mawk", "zstd")
    with folder() as place:
        for objects in (555_000, 1_000_000):
            report = made(place, objects, 2_000)
            against_mawk(table, report)
            compressed(table, report)
            report.unlink()
        many_stacks(table, place)


def made(place, objects, stacks):
    """A report of as many objects and stacks, of all eras."""
    report = pathlib.Path(place) / "report"
    with open(report, "wb") as out:
        subprocess.run([ROOT / "Tests/Benchmarks/kmemleak-report", str(objects), str(stacks)], check=True, stdout=out,
                       stderr=subprocess.DEVNULL)
    return report


def against_mawk(table, report):
    size = f"{report.stat().st_size // 1_000_000} MB"
    forms = (("text", [], 1.0, 45), ("--json", ["--json"], 1.3, 60), ("--junit", ["--junit", "/dev/null"], 1.3, 60))
    for form, words, factor, most in forms:
        ours, mawk = least(kmemcheck("leaks", report, *words), ["mawk", FRAMES, report], runs=5, statuses=(0, 1))
        what = f"leaks of {size}, {form}"
        table.against(what + ", wall", ours, mawk, "mawk", factor, kind="seconds")
        table.peak(what, ours, most)


def compressed(table, report):
    packed = report.with_suffix(".zst")
    subprocess.run(["zstd", "-q", "-f", report, "-o", packed], check=True)
    pipe = ["sh", "-c", 'zstd -dc "$0" | "$1" leaks -; [ $? = 1 ]', packed, kmemcheck()[0]]
    ours, piped = least(kmemcheck("leaks", packed), pipe, runs=3, statuses=(0, 1))
    what = f"leaks of {packed.stat().st_size // 1_000_000} MB .zst"
    table.row(what + ", peak", f"{ours.peak >> 20} MiB (from a pipe: {piped.peak >> 20} MiB)", "as from the pipe",
              ours.peak <= piped.peak * 1.15)
    table.row(what + ", wall", f"{ms(ours.seconds)} (pipe: {ms(piped.seconds)})", ratio=ours.seconds / piped.seconds)
    packed.unlink()


def many_stacks(table, place):
    report = made(place, 100_000, 100_000)
    for words in ([], ["--json"], ["--junit", "/dev/null"]):
        ours = least(kmemcheck("leaks", report, *words), runs=2, statuses=(0, 1))
        what = f"100,000 stacks, {words[0] if words else 'text'}"
        table.row(what, ms(ours.processor), "6 s", ours.processor <= 6)
        table.peak(what, ours, 300)
    report = made(place, 1_000_000, 1_000_000)
    ours = once(kmemcheck("leaks", report), statuses=(0, 1, 65))
    table.row("1,000,000 stacks, text", f"{ms(ours.processor)}, {ours.peak >> 20} MiB", "512 MB or refused",
              ours.peak <= 512_000_000)
