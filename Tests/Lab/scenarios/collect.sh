# The collector that needs no kmemcheck: by busybox alone, for root and for a user, read by every verb on the host.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=collect
#@ run: full
#@ limit: 300

guest() {
    settle
    load kmemlab_kmalloc
    run first kmemcheck-collect first.tar.gz
    snap before
    leak kmemlab_kmalloc 4096 2000
    scan_twice
    run second kmemcheck-collect -a second.tar.gz
    snap after
    ls -l first.tar.gz >mode
    mkdir series
    run series kmemcheck-collect -n 3 -i 1 series
    mkdir -m 777 /tmp/of-user
    run user as_user kmemcheck-collect /tmp/of-user
    cp /tmp/of-user/*.tar.gz user.tar.gz
    ls /proc | grep -c '^[0-9]' >processes
    ls series >series.names
    # Without tar and gzip it's a folder.
    mkdir few
    for program in cat cp date dmesg mkdir mv rm sed sleep sh; do ln -s /bin/busybox few/$program; done
    run folder env PATH=$PWD/few /usr/bin/kmemcheck-collect folder
    run shown kmemcheck show --json folder
    rm -rf few folder
}

expect <<'END'
import tarfile

def kmemcheck(*arguments):
    said = subprocess.run([os.environ["KMEMCHECK"], *arguments, "--json"], cwd=results, capture_output=True, text=True, timeout=100)
    check(said.returncode in (0, 1, 2), f"kmemcheck {' '.join(arguments)}: status {said.returncode}: {said.stderr[:300]}")
    return json.loads(said.stdout) if said.returncode in (0, 1, 2) else {}

for name in ["first", "second", "series", "user", "folder", "shown"]:
    exit_status(name, 0)
check(text("mode").startswith("-rw-------"), f"others may read it: {text('mode')}")
check(len(text("series.names").split()) == 3, f"a series of three is {text('series.names').split()}")

# The files are those that snap takes, and there is no room wasted.
size = (results / "first.tar.gz").stat().st_size
processes = int(text("processes"))
check(size <= (64 + processes) * KiB, f"{size} bytes for {processes} processes")
with tarfile.open(results / "second.tar.gz") as collected:
    names = [name.split("/", 1)[1] for name in collected.getnames() if "/" in name]
    check(names[0] == "kmemcheck/manifest.json", f"it begins with {names[0]}")
    check(not [name for name in names if "kallsyms" in name], "kallsyms was taken")
listing = subprocess.run(["tar", "--zstd", "-tf", "after.tar.zst"], cwd=results, capture_output=True, text=True).stdout.split()
taken = {name.split("/", 1)[1] for name in listing if "/" in name}
# A process that ended meanwhile, and what kmemcheck derives, are no difference.
missing = [name for name in sorted(taken - set(names)) if not name.startswith(("kmemcheck/", "proc/1", "proc/2", "proc/3",
           "proc/4", "proc/5", "proc/6", "proc/7", "proc/8", "proc/9")) and not name.endswith("/")]
check(not missing, f"snap took {len(missing)} files more: {missing[:5]}")

# It tells the same leak as two snapshots do.
growth = kmemcheck("diff", "first.tar.gz", "second.tar.gz")
check("kmalloc-2k" in json.dumps(growth), "the difference doesn't name the cache")
diff().slab_leak("kmalloc-2k", truth("kmemlab_kmalloc"))
report = kmemcheck("leaks", "second.tar.gz")
check(any(group["objects"] >= 3900 for group in report["groups"]), "the leak isn't in the report")
top = kmemcheck("top", "processes", "second.tar.gz")
check(top, "top tells nothing")

# A user is told what was denied.
shown = json.dumps(kmemcheck("show", "user.tar.gz"))
check("proc/slabinfo" in shown and "denied" in shown, "that slabinfo was denied isn't said")
check(document("shown.out"), "a folder isn't read")
END
