# 20,000 files on ext4 fill caches that the kernel can take back: reclaimable, and not a leak.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=off
#@ run: full

guest() {
    load loop
    load ext4
    truncate -s 256M /tmp/disk
    # By its path: the shell would run busybox's applet of that name, which knows ext2 only.
    /usr/bin/mke2fs -q -F -t ext4 -N 32768 -E lazy_itable_init=0 /tmp/disk
    mount -t ext4 -o loop /tmp/disk /mnt
    settle
    snap before
    mkdir /mnt/files
    (cd /mnt/files && seq 20000 | xargs touch)
    sync
    snap after
}

expect <<'END'
found = diff()
inodes = found.cache("ext4_inode_cache")
# slabinfo counts objects of a slab in use by a processor as all taken, hence "about".
check(inodes["objects"] > 19900, f"ext4_inode_cache grew by {inodes['objects']} objects, and 20,000 files were made")
check(found.growth("slabReclaimable") >= inodes["growth"], "the inode cache is not in reclaimable slab")
# What ext4 itself cannot give back: jbd2_inode (64 B a file), journal heads; on 6.12 the vectors
# of allocation profiling.
near(found.growth("slabUnreclaimable"), 0, 4 * MiB, "growth of unreclaimable slab")
near(found.growth("unaccounted"), 0, 2 * MiB, "growth of unaccounted memory")
check(found.verdict["word"] == "cache (reclaimable)", f"the verdict is {found.verdict}")
END
