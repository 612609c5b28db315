"""Reads cases, and makes files of the kernel's out of them."""

import re

# A file server at rest, kB. What a case changes is made to fit by `balanced`.
SERVER = {
    "MemTotal": 16384000, "MemFree": 4000000, "MemAvailable": 9600000, "Buffers": 300000,
    "Cached": 6000000, "SwapCached": 0, "Active": 0, "Inactive": 0, "Active(anon)": 0,
    "Inactive(anon)": 0, "Active(file)": 0, "Inactive(file)": 0, "Unevictable": 0, "Mlocked": 0,
    "SwapTotal": 4000000, "SwapFree": 4000000, "Dirty": 120, "Writeback": 0,
    "AnonPages": 4800000, "Mapped": 400000, "Shmem": 200000, "KReclaimable": 0, "Slab": 0,
    "SReclaimable": 500000, "SUnreclaim": 250000, "KernelStack": 12000, "PageTables": 45000,
    "SecPageTables": 0, "NFS_Unstable": 0, "Bounce": 0, "WritebackTmp": 0, "CommitLimit": 12192000,
    "Committed_AS": 7000000, "VmallocTotal": 34359738367, "VmallocUsed": 60000, "VmallocChunk": 0,
    "Percpu": 20000, "HardwareCorrupted": 0, "AnonHugePages": 0, "ShmemHugePages": 0,
    "ShmemPmdMapped": 0, "FileHugePages": 0, "FilePmdMapped": 0, "HugePages_Total": 0,
    "HugePages_Free": 0, "HugePages_Rsvd": 0, "HugePages_Surp": 0, "Hugepagesize": 2048,
    "Hugetlb": 0, "DirectMap4k": 300000, "DirectMap2M": 16400000,
}
# Lines by the first release that prints them, as far as cases need.
SINCE = {
    "6.1": ["SecPageTables"], "5.4": ["FileHugePages", "FilePmdMapped"], "4.20": ["KReclaimable", "Hugetlb"],
    "4.19": ["Percpu"], "4.8": ["ShmemHugePages", "ShmemPmdMapped"], "3.14": ["MemAvailable"],
    "2.6.38": ["AnonHugePages"], "2.6.32": ["Shmem", "KernelStack", "HardwareCorrupted", "Unevictable", "Mlocked"],
    "2.6.28": ["Active(anon)", "Inactive(anon)", "Active(file)", "Inactive(file)", "DirectMap4k", "DirectMap2M"],
}
KINDS = ["AnonPages", "Buffers", "Cached", "SUnreclaim", "SReclaimable", "KernelStack", "PageTables",
         "SecPageTables", "Percpu", "VmallocUsed", "Hugetlb"]
SLABINFO = ("slabinfo - version: 2.1\n# name            <active_objs> <num_objs> <objsize> <objperslab> "
            "<pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> "
            "<num_slabs> <sharedavail>\n")
ROW = "%-17s %6d %6d %6d %4d %4d : tunables    0    0    0 : slabdata %6d %6d      0\n"
# The caches of a machine at rest: name, objects, size, objects and pages of a slab.
CACHES = """ext4_inode_cache 90000 1176 27 8
dentry 300000 192 21 1
inode_cache 30000 608 26 4
filp 12000 256 16 1
task_struct 600 9600 3 8
vm_area_struct 60000 152 26 1
anon_vma 30000 104 39 1
kmalloc-1k 9000 1024 16 4
kmalloc-256 40000 256 16 1
kmalloc-64 90000 64 64 1
skbuff_head_cache 3000 256 16 1
TCP 400 2368 13 8
kmem_cache 230 256 16 1"""


class CaseError(Exception):
    """A case that isn't well formed."""


def number(version):
    return [int(part) for part in version.split(".")]


def meminfo(lines, words):
    """A whole meminfo with the case's amounts: `server [VERSION] [GiB] [raw] [without LINE…]`."""
    version = next((word for word in words if re.fullmatch(r"\d+\.[\d.]+", word)), "6.12")
    total = next((float(word[:-3]) * 2**20 for word in words if re.fullmatch(r"[\d.]+GiB", word)), None)
    given = dict(line.split(":", 1) for line in lines)
    given = {name: int(value.split()[0]) for name, value in given.items()}
    values = dict(SERVER)
    if total:
        values = {name: int(value * total / SERVER["MemTotal"]) if name not in ("Hugepagesize", "VmallocTotal")
                  else value for name, value in values.items()}
    for since, names in SINCE.items():
        if number(version) < number(since):
            for name in names:
                values.pop(name)
    if number(version) < [5, 3]:
        values["VmallocUsed"] = 0
    if "raw" not in words:
        balanced(values, given)
    values.update(given)
    for name in words[words.index("without") + 1:] if "without" in words else []:
        for found in [key for key in values if re.fullmatch(name, key)]:
            values.pop(found)
    return "".join(f"{name + ':':<16}{value:>8}{'' if name.startswith('HugePages_') else ' kB'}\n"
                   for name, value in values.items())


def balanced(values, given):
    """What the given amounts take is taken from free memory, then from the page cache."""
    if "HugePages_Total" in given and "Hugetlb" not in given and "Hugetlb" in values:
        given["Hugetlb"] = given["HugePages_Total"] * given.get("Hugepagesize", values["Hugepagesize"])
    pools = given.get("HugePages_Total", 0) * values["Hugepagesize"] if "Hugetlb" not in values else 0
    taken = pools + sum(given[name] - values.get(name, 0) for name in KINDS if name in given)
    least = given.get("MemFree", 200000 * values["MemTotal"] // SERVER["MemTotal"])
    free = values["MemFree"] - taken if "MemFree" not in given else given["MemFree"]
    if "MemFree" not in given:
        free = max(free, least)
    over = taken - (values["MemFree"] - free)
    values["MemFree"] = free
    if "Cached" not in given:
        values["Cached"] -= over
    values.update({name: value for name, value in given.items() if name in values})
    shmem = given.get("Shmem", values.get("Shmem", 0))
    files = values["Cached"] + values["Buffers"] - shmem
    anonymous, locked = values["AnonPages"] + shmem, given.get("Unevictable", 0)
    if "Active(anon)" in values:
        values["Active(anon)"], values["Active(file)"] = anonymous // 3, files // 2
        values["Inactive(anon)"] = anonymous - anonymous // 3 - locked
        values["Inactive(file)"] = files - files // 2
    values["Active"] = anonymous // 3 + files // 2
    values["Inactive"] = anonymous + files - values["Active"] - locked
    values["Slab"] = values["SReclaimable"] + values["SUnreclaim"]
    if "KReclaimable" in values:
        values["KReclaimable"] = values["SReclaimable"]
    if "MemAvailable" in values:
        values["MemAvailable"] = max(0, int(free * 0.97 + files * 0.9 + values["SReclaimable"] * 0.6))


def slabinfo(lines, words):
    """Rows `name objects size objects-of-a-slab pages-of-a-slab [active]`; `with` the caches of a
    machine at rest, else kmem_cache alone; a size in `name` is kept."""
    rows = [line.split() for line in lines]
    names = {row[0] for row in rows}
    rest = [row.split() for row in CACHES.splitlines() if row.split()[0] not in names]
    rows = rows + (rest if "with" in words else rest[-1:])
    text = "" if "headless" in words else SLABINFO
    for row in rows[:-1] if "tailless" in words else rows:
        name, (objects, size, per_slab, pages) = row[0], map(int, row[1:5])
        slabs = -(-objects // per_slab)
        active = int(row[5]) if len(row) > 5 else objects
        text += ROW % (name, active, objects, size, per_slab, pages, slabs, slabs)
    return text


class Case:
    """What is said of a machine: keys up to the first `---`, then its files."""

    def __init__(self, text):
        head, *files = re.split(r"(?m)^--- ", text)
        self.say, self.never, self.prints, self.arguments, self.status = [], [], [], [], 0
        for line in head.splitlines():
            key, _, value = line.partition(":")
            value = value.strip()
            if not line.strip() or line.startswith("#"):
                continue
            if key in ("say", "never", "prints"):
                getattr(self, key).append(value)
            elif key == "arguments":
                self.arguments = value.split()
            elif key == "status":
                self.status = int(value)
            else:
                raise CaseError(f"what is {line!r}?")
        if not self.say or not files:
            raise CaseError("a case needs something to say, and files")
        self.parts = [part.partition("\n")[::2] for part in files]
        self.is_pair = any(title.startswith("a/") for title, _ in self.parts)

    def files(self):
        """The text of each file by its path."""
        made = {}
        for title, text in self.parts:
            path, *words = title.split()
            lines = [line for line in text.splitlines() if line.strip()]
            if words[:1] == ["server"]:
                text = meminfo(lines, words)
            elif words[:1] == ["caches"]:
                text = slabinfo(lines, words)
            made[path] = text
        return made
