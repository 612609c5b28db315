# 512 KiB leaked a second from vmalloc: the line of source, or else the module and its function.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_vmalloc
    settle
    drip kmemlab_vmalloc 4 65536
    watch_for 60s
    stop_drip
}

expect <<'END'
watched().leak("kmemlab_vmalloc", "kmemlab_vmalloc", "vmalloc").tells("kmemlab_vmalloc_take")
END
