# Packs what the guest runs: busybox, kmemcheck with its libraries, modules, scenarios.

# The program under test: KMEMCHECK_BIN, else what was built last in this checkout, else none.
find_program() {
    local candidate newest=""
    if [ -n "${KMEMCHECK_BIN:-}" ]; then
        [ -x "$KMEMCHECK_BIN" ] || die "KMEMCHECK_BIN names $KMEMCHECK_BIN, which cannot be executed."
        echo "$KMEMCHECK_BIN"
        return 0
    fi
    for candidate in "$REPOSITORY"/.build/{release,debug}/kmemcheck "$REPOSITORY"/.build-release/release/kmemcheck; do
        [ -x "$candidate" ] && [ "$candidate" -nt "${newest:-/dev/null}" ] && newest=$candidate
    done
    echo "${newest:-}"
}

# pack_initramfs KERNEL FILE: everything but the plan, which is added for each boot.
pack_initramfs() {
    local kernel=$1 file=$2 root
    root=$(dirname "$file")/root-$kernel
    rm -rf "$root"
    mkdir -p "$root"/{bin,usr/bin,etc,lab,sys,proc,dev,root,tmp,results,mnt,home/user}
    add_busybox "$root"
    add_words "$root"
    add_modules "$root" "$kernel"
    add_program "$root" /usr/sbin/mke2fs /usr/bin/mke2fs
    [ -z "$PROGRAM" ] || add_program "$root" "$PROGRAM" /usr/bin/kmemcheck
    add_loaded "$root"
    cp "$(helpers_dir)"/* "$root/usr/bin/"
    cp "$REPOSITORY/Sources/Packaging/kmemcheck-collect" "$root/usr/bin/"
    (cd "$root" && find . -print0 | cpio --quiet -0 -o -H newc --owner 0:0) >"$file" ||
        die "Packing $file failed; is the disk full?"
    rm -rf "$root"
}

add_busybox() {
    local applet
    cp /bin/busybox "$1/bin/busybox"
    for applet in $(/bin/busybox --list); do
        [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
    done
    # The kernel calls this one by its path when it wants a module.
    mkdir "$1/sbin"
    ln -s ../bin/busybox "$1/sbin/modprobe"
}

add_words() {
    cp "$LAB"/guest/{one,words,triggers,tidy,demo,fleet,recording,welcome} "$1/lab/"
    cp -r "$LAB/scenarios" "$1/lab/scenarios"
    install -m 755 "$LAB/guest/init" "$1/init"
    printf 'root:x:0:0::/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n' >"$1/etc/passwd"
    printf 'root:x:0:\nuser:x:1000:\n' >"$1/etc/group"
    printf '%s\n' 6b6d656d636865636b6c616200000001 >"$1/etc/machine-id"
    printf 'NAME="kmemcheck lab"\nID=kmemcheck-lab\n' >"$1/etc/os-release"
}

add_modules() {
    local root=$1 kernel=$2 release dir module
    # shellcheck disable=SC2012 # names without blanks
    module=$(ls "$(modules_dir "$kernel")"/*.ko "$(kernel_dir "$kernel")"/modules/*.ko 2>/dev/null | head -n 1)
    release=$(modinfo -F vermagic "$module" | cut -d ' ' -f 1)
    dir=$root/lib/modules/$release
    mkdir -p "$dir/kernel" "$dir/updates"
    cp "$(kernel_dir "$kernel")"/modules/*.ko "$dir/kernel/"
    rm -f "$dir/kernel/kmemleak-test.ko"   # the one with lines of source is in updates
    strip --strip-debug "$dir"/kernel/*.ko
    find "$(modules_dir "$kernel")" -name '*.ko' -exec cp {} "$dir/updates/" \;
    : >"$dir/modules.order"
    : >"$dir/modules.builtin"
    : >"$dir/modules.builtin.modinfo"
    # Debian's packages bring it along: by it kmemcheck knows what the kernel can.
    is_stock "$kernel" && install -D -m 644 "$(kernel_dir "$kernel")/config" "$root/boot/config-$release"
    depmod -b "$root" "$release" || die "depmod failed for $release."
}

# add_program ROOT FILE PLACE: with the libraries ldd names, each where the loader looks for it.
add_program() {
    local root=$1 file=$2 place=$3 library
    install -D -s -m 755 "$file" "$root$place" 2>/dev/null || install -D -m 755 "$file" "$root$place"
    for library in $(ldd "$file" 2>/dev/null | grep -o '/[^ ]*'); do
        [ -e "$root$library" ] || install -D -m 755 "$library" "$root$library"
    done
}

# The libraries that kmemcheck opens when it needs them, which ldd doesn't name. From a guest no
# Prometheus is asked: libcurl stays out with all that it brings.
add_loaded() {
    local name library
    for name in $(cd "$REPOSITORY/Sources" && grep -rhoE 'dlopen\("[^"]+"' C* | cut -d '"' -f 2 | grep -v libcurl); do
        library=$(ldconfig -p | awk -v name="$name" '$1 == name { print $NF; exit }')
        [ -z "$library" ] || add_program "$1" "$library" "$library"
    done
}

# add_plan BASE FILE MODE SCENARIOS: archives may stand one after the other in an initramfs.
add_plan() {
    local plan
    plan=$(mktemp -d)
    mkdir "$plan/lab"
    printf 'MODE=%s\nSCENARIOS="%s"\nLIMIT=%s\nexport LAB_REPEATS="%s" LAB_TRIGGERS="%s" LAB_PROGRAMS="%s"\n' \
        "$3" "$4" "$LAB_LIMIT" "${LAB_REPEATS:-}" "${LAB_TRIGGERS:-}" "${LAB_PROGRAMS:-}" >"$plan/lab/plan"
    printf 'export LAB_TRACE_SPAN="%s" LAB_TRACES="%s" LAB_LOADS="%s" LAB_HOST="%s" LAB_LEAK="%s"\n' \
        "${LAB_TRACE_SPAN:-}" "${LAB_TRACES:-}" "${LAB_LOADS:-}" "${LAB_HOST:-}" "${LAB_LEAK:-}" >>"$plan/lab/plan"
    {
        cat "$1"
        (cd "$plan" && find lab/plan | cpio --quiet -o -H newc --owner 0:0)
    } >"$2"
    rm -rf "$plan"
}
