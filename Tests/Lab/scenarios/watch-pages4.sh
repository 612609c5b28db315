# 512 KiB leaked a second as blocks of 16 pages: the line of source, or else pages in no class.
#@ kernels: 6.1 6.12
#@ boot: kmemleak=on
#@ run: full
#@ limit: 200

guest() {
    load kmemlab_pages4
    settle
    drip kmemlab_pages4 4
    watch_for 60s
    stop_drip
}

expect <<'END'
said = watched().leak("kmemlab_pages4", "unaccounted").advises("kmemleak can't help")
# Nothing on 6.1 tells whose pages they are, until they are noted from boot on.
if kernel == "6.1":
    said.advises("page_owner=on")
END
