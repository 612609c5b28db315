# A program that opens 20,000 files and closes none: the kernel's growth is said to be user space's,
# and the program is named.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full

guest() {
    settle
    snap before
    hold files 20000
    snap after
    release
}

expect <<'END'
found = diff()
check(found.verdict["word"] == "held for user space", f"the verdict is {found.verdict}")
row = found.cache("filp")
check(row["objects"] > 19000 and row["side"] == "heldForUserSpace", f"filp is {row}")
files = [one for one in found.json["counts"] if one["id"] == "openFiles"]
check(bool(files) and files[0]["growth"] > 19000, f"open files are {files}")
accused = [one["module"] for entry in found.json["owners"] for one in entry["candidates"] if one["module"]]
check(accused == [], f"modules are accused: {accused}")
# 6.1 doesn't tell the number of descriptors: it is estimated from 512 places.
holders = found.json["openFileHolders"] or [{}]
check(holders[0].get("name") == "hold", f"the holders of open files are {holders}: {found.json['openFileHoldersMissing']}")
gained = holders[0].get("gained", 0)
check(abs(gained - 20000) <= (128 if holders[0].get("isEstimate") else 8), f"hold is said to have gained {gained} files")
END
