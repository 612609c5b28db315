# kmemleak's report names the line of source that allocated, for each kind of leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on lab.alone=leaks-lines
#@ run: quick

guest() {
    settle
    for kind in kmalloc cache chain vmalloc worker; do
        load kmemlab_$kind
        leak kmemlab_$kind 100 1000
    done
    scan_twice
    run found kmemcheck leaks --json
    run text kmemcheck leaks
    snap after
}

expect <<'END'
found = leaks("found")
for kind in ["kmalloc", "cache", "chain", "vmalloc", "worker"]:
    group = found.at_its_line(f"kmemlab_{kind}")
    # Stale pointers keep a few, and of a chain all that lies behind.
    check(group and group["objects"] >= (1 if kind == "chain" else 90), f"{kind}: {group and group['objects']} of 100")
says("text", "kmemlab_kmalloc.c:%d" % allocation_line("kmemlab_kmalloc")[1])
check(all(file["sameBuild"] for file in found.json["sources"]["files"]), "a build id was not compared")

# On another machine, with the kernel's own debugging information.
whole = leaks_on_host("after", "--vmlinux", os.environ["VMLINUX"], "--debug-dir", os.environ["MODULES"])
group = whole.at_its_line("kmemlab_kmalloc")
lines = {frame["function"]: frame["lines"] for frame in group["frames"]}
check(lines["vfs_write"] and lines["vfs_write"][-1]["file"] == "fs/read_write.c",
      f"vfs_write lies at {lines['vfs_write']}")
check(all(lines.values()), f"frames without a line: {[name for name in lines if not lines[name]]}")
check(all(file["sameBuild"] for file in whole.json["sources"]["files"]), "a build id was not compared")

# The kernel of another version is refused.
other = {"6.1": "6.12", "6.12": "6.1"}[kernel]
wrong = [path for path in Path(os.environ["VMLINUX"]).parent.parent.glob(f"{other}-*/vmlinux")]
if wrong:
    refused = leaks_on_host("after", "--vmlinux", str(wrong[0])).json["sources"]
    check(any("its build id is" in note for note in refused["notes"]), f"notes: {refused['notes']}")
    check(not any(file["module"] is None for file in refused["files"]), "another kernel's lines were used")
END
