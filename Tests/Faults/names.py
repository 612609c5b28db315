"""Names that strangers choose stay data in every output."""
import json
import os
import pathlib
import re
import subprocess
import time

from fault import expect, fault, folder, run

HOSTILE = "\x1b]0;x\x07\u009b31m\u202e\u200b\u061c<img>=A"

# ESC, C0 but line feeds, DEL, C1, marks of direction, what can't be seen.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def inert(words, result):
    for stream in (result.stdout, result.stderr):
        found = FORBIDDEN.search(stream.decode("utf-8", errors="replace"))
        expect(not found, f"{' '.join(words)}: {found and found.group()!r} is raw")
    if words[0] == "report":
        expect(b"<img" not in result.stdout, f"{' '.join(words)}: a name is markup")


def tree(place):
    """A copied /proc whose every name is hostile."""
    root = pathlib.Path(place) / "proc"
    (root / "77").mkdir(parents=True)
    (root / "meminfo").write_text("MemTotal: 1000000 kB\nMemFree: 500000 kB\nSlab: 90000 kB\n"
                                  "SReclaimable: 10000 kB\nSUnreclaim: 80000 kB\n")
    (root / "modules").write_text(f"bad{HOSTILE} 16384 0 - Live 0xffffffffc0000000\n")
    (root / "slabinfo").write_text(
        "slabinfo - version: 2.1\n# name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables "
        "<limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>\n"
        f"c{HOSTILE} 9000 9000 4096 8 8 : tunables 0 0 0 : slabdata 2000 2000 0\n")
    (root / "77/stat").write_text(f"77 (c{HOSTILE}) S 1 77 77 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 9000000 200 "
                                  + "0 " * 28 + "\n")
    (root / "77/status").write_text(f"Name:\tc{HOSTILE}\nPid:\t77\nVmRSS:\t90000 kB\nRssAnon:\t90000 kB\n")
    (root / "77/cmdline").write_text(f"c{HOSTILE}\0")
    (root / "77/cgroup").write_text(f"0::/g{HOSTILE}\n")
    (root / "vmallocinfo").write_text(
        f"0xffffc90000000000-0xffffc90000800000 8388608 f{HOSTILE}+0x1/0x2 [m] pages=2048 vmalloc\n")
    (root / "mounts").write_text(f"none /m{HOSTILE} tmpfs rw 0 0\n")
    return place


LOG = f"""unreferenced object 0xffff888100000000 (size 128):
  comm "c{HOSTILE}", pid 77, jiffies 4294900000 (age 100.0s)
  backtrace:
    [<ffffffff81000000>] f{HOSTILE}+0x10/0x20 [bad{HOSTILE}]
"""


@fault("hostile names in a copied /proc and a report reach no output raw", quick=1, full=3)
def copied(_):
    with folder() as place:
        tree(place)
        (pathlib.Path(place) / "log").write_text(LOG)
        for words in (["show", place], ["show", "--json", place], ["diff", place, place],
                      ["diff", "--json", place, place], ["top", place], ["top", "processes", place],
                      ["top", "processes", "--json", place], ["report", place, "-o", "-"],
                      ["report", place, place, "-o", "-"], ["report", f"{place}/log", "-o", "-"],
                      ["leaks", f"{place}/log"], ["leaks", "--json", f"{place}/log"],
                      ["leaks", "--junit", f"{place}/log"], ["leaks", "--gen-suppressions", f"{place}/log"],
                      ["list", place], [f"{HOSTILE.strip()}"], ["show", f"/nowhere/{HOSTILE.replace(chr(0), '')}"]):
            inert(words, run(*words))


@fault("a live process with a hostile name reaches no output raw", quick=1, full=3)
def live(_):
    script = ("import ctypes, time; ctypes.CDLL(None).prctl(15, '\\x1b]0;x\\x07\\u202e=A'.encode()); "
              "x = bytearray(9 << 20); time.sleep(60)")
    process = subprocess.Popen(["python3", "-c", script])
    try:
        time.sleep(0.5)
        with folder() as place:
            history = f"{place}/watch.sqlite"
            watched = run("watch", "--for", "4s", "--interval", "500ms", "--record", "--history", history, "--fresh")
            inert(["watch"], watched)
            for words in (["top", "processes"], ["top", "processes", "--json"], ["export", "--csv", history],
                          ["export", "--ndjson", history], ["watch", "--replay", history],
                          ["report", history, "-o", "-"]):
                inert(words, run(*words))
            cells = run("export", "--csv", history).stdout.decode(errors="replace").splitlines()
            for line in cells:
                expect(not re.search(r'(^|,)"?[=+@]', line), f"a spreadsheet would run {line[:100]!r}")
            for line in run("export", "--ndjson", history).stdout.decode().splitlines()[:50]:
                json.loads(line)
    finally:
        process.kill()
        process.wait()


class Secrets:
    """Words that nobody else uses, each planted once."""

    def __init__(self):
        self.planted = []

    def word(self):
        self.planted.append(f"secret{len(self.planted):02}x")
        return self.planted[-1]


def sosreport(place, secrets):
    """A packed sosreport whose names are secrets."""
    word = secrets.word
    report = pathlib.Path(place) / f"sosreport-{word()}-2026"
    process = "77 ({}) S 1 77 77 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 9000000 200 " + "0 " * 28 + "\n"
    rows = "".join(f"{word()} {pid} 0.0 0.1 1000 900 ? S 10:00 0:00 /opt/{word()}/{word()} --password={word()}\n"
                   for pid in range(10, 16))
    files = {
        "proc/meminfo": "MemTotal: 8000000 kB\nMemFree: 500000 kB\nSlab: 90000 kB\nSReclaimable: 10000 kB\n"
                        "SUnreclaim: 80000 kB\n",
        "hostname": word(), "etc/hostname": word(), "etc/machine-id": word(), "proc/sys/kernel/hostname": word(),
        "proc/mounts": "".join(f"/dev/{word()} /mnt/{word()} ext4 rw 0 0\n" for _ in range(5)),
        "sos_commands/process/ps_auxwww": "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\n" + rows,
        "sos_commands/kernel/dmesg": "".join(
            f"[ {pid}.0] Out of memory: Killed process {pid} ({word()}) total-vm:1kB, anon-rss:1kB, file-rss:0kB, "
            "shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0\n" for pid in range(5))
        + f"[ 9.0] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
          f"task_memcg=/{word()},task={word()},pid=1,uid=0\n",
        "etc/passwd": f"{word()}:x:1000:1000::/home/{word()}:/bin/sh\n",
        "var/log/messages": f"Nov 27 10:00:00 {word()} {word()}: hello {word()}\n",
        "proc/cmdline": f"root=/dev/{word()} user={word()}\n",
        "proc/77/stat": process.format(word()), "proc/77/cmdline": word(), "proc/77/cgroup": f"0::/{word()}\n",
        "proc/version": f"Linux version 6.1.0 ({word()}@{word()}) (gcc) #1 SMP\n",
        "sos_commands/networking/ip_addr": f"inet 10.1.2.3 {word()} {word()}\n",
    }
    for name, text in files.items():
        (report / name).parent.mkdir(parents=True, exist_ok=True)
        (report / name).write_text(text)
    subprocess.run(["tar", "-C", place, "-cJf", f"{place}/in.tar.xz", report.name], check=True)


@fault("sixty secrets of a packed sosreport are in no member of what `redact` writes", quick=1, full=5)
def redacted(_):
    with folder() as place:
        secrets = Secrets()
        sosreport(place, secrets)
        expect(len(secrets.planted) >= 60, f"only {len(secrets.planted)} are planted")
        members = []
        for name in "ab":
            given = f"{place}/{name}.tar.zst"
            status = run("redact", f"{place}/in.tar.xz", "-o", given, "--redact-key", f"{place}/key").returncode
            expect(status == 0, f"status {status}")
            unpacked = subprocess.run(["zstd", "-dcq", given], capture_output=True, check=True).stdout
            known = unpacked + pathlib.Path(f"{place}/key").read_bytes()
            found = [word for word in secrets.planted if word.encode() in known.lower()]
            expect(not found, f"{found} are in it")
            members.append(subprocess.run(["tar", "--zstd", "-xOf", given, "--wildcards", "*/proc/mounts", "*/stat"],
                                          capture_output=True).stdout)
        expect(members[0] and members[0] == members[1], "one key makes two sets of pseudonyms")
        result = run("diff", f"{place}/a.tar.zst", f"{place}/b.tar.zst")
        expect(result.returncode == 0, f"they can't be compared: {result.stderr[:200]!r}")


def single_texts(word):
    """Texts of one file that `redact` may be given, whose names are secrets."""
    leak = ("==77== Memcheck, a memory error detector\n==77== Command: /opt/{0}/{1} --password={2}\n==77== Parent PID: 1\n"
            "==77== 100 bytes in 1 blocks are definitely lost in loss record 1 of 1\n==77==    at 0x1: malloc (vg.c:1)\n"
            "==77==    by 0x2: take_{3} ({4}.c:7)\n==77==    by 0x3: main (/home/{5}/x.c:9)\n==77==\n==77== LEAK SUMMARY:\n"
            "==77==    definitely lost: 100 bytes in 1 blocks\n")
    oom = ("[ 1.0] {0} invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0\n"
           "[ 1.0] CPU: 0 PID: 77 Comm: {1} Not tainted 6.12.1 #1\n[ 1.0] Hardware name: {2} {3}, BIOS {4}\n[ 1.0] Mem-Info:\n"
           "[ 1.0] active_anon:100 inactive_anon:200000 isolated_anon:0\n[ 1.0] Tasks state (memory values in pages):\n"
           "[ 1.0] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n"
           "[ 1.0] [     77]     0    77   210000   200000   100000        0             0 {5}\n"
           "[ 1.0] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset={6},mems_allowed=0,oom_memcg=/{7},"
           "task_memcg=/{8},task={9},pid=77,uid=0\n"
           "[ 1.0] Memory cgroup out of memory: Killed process 77 ({10}) total-vm:840000kB, anon-rss:800000kB, file-rss:0kB, "
           "shmem-rss:0kB, UID:0 pgtables:100kB oom_score_adj:0\n"
           "[ 2.0] usb 1-1: Product: {11}\n[ 3.0] audit: acct=\"{12}\"\n")
    texts = {
        "valgrind.txt": leak, "kern.log": oom,
        "syslog": "".join(f"Nov 27 10:00:00 {{13}} kernel: {line}\n" for line in oom.splitlines()),
        "ps.txt": "USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n"
                  "{0}    77  0.0 90.0 900000 800000 ?       S    10:00   0:00 /usr/bin/{1} --{2} {3}\n",
        "top.txt": "top - 10:00:00 up 1 day,  1 user,  load average: 0.00, 0.00, 0.00\n"
                   "Tasks:   1 total,   1 running,   0 sleeping,   0 stopped,   0 zombie\n"
                   "MiB Mem :  16000.0 total,   1000.0 free,  14000.0 used,   1000.0 buff/cache\n\n"
                   "    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n"
                   "     77 {0}      20   0 9000000 8000000 9000 S   0.0  50.0   0:00.01 {1}\n",
        "kmemleak": "unreferenced object 0xffff888100000000 (size 128):\n  comm \"{0}\", pid 77, jiffies 4294900000 (age 100.0s)\n"
                    "  hex dump (first 32 bytes):\n    61 62 63 00 61 62 63 00 61 62 63 00 61 62 63 00  {1}\n"
                    "  backtrace (crc 1234):\n    [<ffffffff81000000>] leaky_take+0x10/0x20 [leaky]\n",
        "kept.trace": "kmemcheck trace 1\nwindows 1 2\nsampling 2\nkinds kmalloc\nkept 1000\ncache kmalloc-2k 2048 0 8000 0\n"
                      "sum kmalloc 2048 -\n allocated 1 1\n left 1 1\n freed 0 0\n reused 0 0\n  leaky_take+0x1c/0x40 [leaky]\n"
                      "# {0}\n",
    }
    for name, text in texts.items():
        yield name, text.format(*(word() for _ in range(14)))


# Files of a tree that came with later versions of kmemcheck.
LATER = {
    "sys/kernel/debug/page_owner": "Page allocated via order 0, mask 0x0(), pid 77, tgid 77 ({0}), ts 1 ns\nPFN 1 type\n x+0x1/0x2\n"
                                   "Charged to memcg {1}\n\n",
    "sys/kernel/debug/slab/dentry/alloc_traces": "     54 take+0x10/0x20 age=1/2/3 pid=1-20 cpus=0-3\n {0}\n",
    "proc/swaps": "Filename Type Size Used Priority\n/{0}/{1} file 9 9 -2\n",
    "text/ps": "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\n{0} 77 0.0 90.0 900 800 ? S 10:00 0:00 {1} {2}\n",
    "sys/fs/cgroup/{0}.slice/memory.stat": "anon 1\n", "sys/fs/cgroup/{0}/cgroup.stat": "nr_descendants 1\n",
    "proc/77/smaps": "1000-2000 rw-p 00000000 00:00 0 /home/{0}/{1}\nSize: 4 kB\nRss: 4 kB\n", "proc/77/environ": "A={0}\0",
    "proc/77/status": "Name:\t{0}\nPid:\t77\nVmRSS:\t90000 kB\n", "proc/77/maps": "1000-2000 rw-p 00000000 00:00 0 /{0}\n",
    "proc/sys/kernel/core_pattern": "|/opt/{0}\n", "proc/sys/kernel/domainname": "{0}\n", "proc/keys": "{0}\n",
    "sys/class/net/{0}/address": "{1}\n", "var/log/kern.log": "Nov 27 10:00:00 {0} kernel: [ 1.0] {1}: {2}\n",
    "kmemcheck/program-leaks.txt": "==77== Command: {0}\n", "sos_commands/process/lsof_M_-n_-l": "{0} 77 root mem REG 9 9 /{1}\n",
}


@fault("secrets in texts of one file and in files of later versions are in nothing that `redact` writes", quick=1, full=5)
def redacted_texts(_):
    with folder() as place:
        secrets = Secrets()
        inputs = []
        for name, text in single_texts(secrets.word):
            (pathlib.Path(place) / name).write_text(text)
            inputs.append(f"{place}/{name}")
        tree(f"{place}/tree")
        for name, text in LATER.items():
            path = pathlib.Path(place) / "tree" / name.format(secrets.word())
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(*(secrets.word() for _ in range(3))))
        inputs.append(f"{place}/tree")
        for number, name in enumerate(inputs):
            given = f"{place}/{number}.tar.zst"
            result = run("redact", name, "-o", given)
            expect(result.returncode in (0, 64, 65), f"{name}: status {result.returncode}: {result.stderr[:200]!r}")
            expect(result.returncode != 0 or os.path.exists(given), f"{name}: nothing is written")
            if result.returncode == 0:
                unpacked = subprocess.run(["zstd", "-dcq", given], capture_output=True, check=True).stdout
                found = [word for word in secrets.planted if word.encode() in unpacked.lower()]
                expect(not found, f"{name}: {found} are in it")
            name_found = [word for word in secrets.planted if word.encode() in (result.stdout + result.stderr).lower()]
            expect(not name_found, f"{name}: it says {name_found}")
