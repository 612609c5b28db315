# Debian's own kernels, as their cloud images are: unpacked from the packages, nothing built but the leak
# modules, against the packages' headers. They have neither kmemleak nor allocation profiling.

LAB_STOCK="5.10-stock 6.1-stock 6.12-stock 7.3-stock"

is_stock() { case $1 in *-stock) true ;; *) false ;; esac; }

# Where a kernel of another Debian than this machine's comes from.
stock_source() {
    case $1 in
        5.10-stock) echo http://deb.debian.org/debian-security bullseye-security ;;
        7.3-stock) echo http://deb.debian.org/debian trixie-backports ;;
    esac
}

# stock_apt KERNEL apt-get|apt-cache WORD…: this machine's apt, or one with lists of the lab's own, so that the
# machine's stay as they are.
stock_apt() {
    local kernel=$1 program=$2 source dir
    shift 2
    source=$(stock_source "$kernel")
    [ -n "$source" ] || { "$program" "$@"; return; }
    dir=$LAB_CACHE/apt/$kernel
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $source main" >"$dir/sources.list"
    "$program" -o "Dir::Etc::SourceList=$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o "Dir::State::Lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User=root "$@"
}

# 6.1.0-56, 6.12.117+deb12: as in the packages' names. Asked of apt once, and kept.
stock_release() {
    local file=$LAB_CACHE/stock-$1
    [ -s "$file" ] || newest_stock "$1" >"$file"
    cat "$file"
}

newest_stock() {
    [ -z "$(stock_source "$1")" ] || stock_apt "$1" apt-get update >"$LAB_CACHE/stock-$1.log" 2>&1
    stock_apt "$1" apt-cache pkgnames "linux-headers-${1%-stock}." 2>/dev/null |
        sed -n 's/^linux-headers-\([0-9][-0-9.+a-z]*\)-cloud-amd64$/\1/p' | sort -V | tail -n 1
}

stock_dir() { echo "$LAB_CACHE/kernels/$1-$(stock_release "$1")"; }
stock_modules_dir() { echo "$LAB_CACHE/modules/$1-$(stock_release "$1")-$(hash_of "$LAB"/modules/*)"; }

stock_packages() {
    local release=$1
    echo "linux-headers-$release-cloud-amd64" "linux-headers-$release-common"
    # What is in a package of its own differs from release to release.
    case $release in
        5.10.* | 6.1.*) echo "linux-image-$release-cloud-amd64" "linux-kbuild-${release%.0-*}" ;;
        6.*) echo "linux-image-$release-cloud-amd64" "linux-kbuild-$release" ;;
        *) echo "linux-binary-$release-cloud-amd64" "linux-modules-$release-cloud-amd64" "linux-kbuild-$release" ;;
    esac
}

# Why a kernel can't be had.
stock_unknown() {
    echo "apt knows no linux-headers-${1%-stock}.*-cloud-amd64: stock kernels need Debian 12 with its security updates and a mirror; run apt-get update."
}

# What guests load of Debian's modules: a disk in a file, zram, and the way to the network.
STOCK_MODULES="loop ext4 jbd2 mbcache crc16 crc32c_generic libcrc32c zram zsmalloc virtio virtio_ring
    virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_net net_failover failover"

unpack_stock() {
    local kernel=$1 dir release package
    dir=$(stock_dir "$kernel")
    # One that was unpacked before guests had a network lacks its modules.
    [ -e "$dir/bzImage" ] && [ -e "$dir/modules/virtio_net.ko" ] && return 0
    release=$(stock_release "$kernel")
    [ -n "$release" ] ||
        LAB_DIE_STATUS=69 die "$(stock_unknown "$kernel")"
    require_space 1500 "A stock kernel"
    say "Downloading Debian's kernel $release"
    rm -rf "$dir.part"
    mkdir -p "$dir.part/packages" "$dir.part/root" "$dir.part/modules"
    # shellcheck disable=SC2046 # a list of names
    (cd "$dir.part/packages" && stock_apt "$kernel" apt-get download $(stock_packages "$release")) >"$dir.log" 2>&1 ||
        LAB_DIE_STATUS=69 die "apt could not download $(stock_packages "$release" | tr '\n' ' '); see $dir.log."
    for package in "$dir.part"/packages/*.deb; do
        dpkg-deb -x "$package" "$dir.part/root" || die "Unpacking $package failed ($(free_mib) MiB free)."
    done
    keep_stock "$dir.part" "$release"
    rm -rf "$dir"
    mv "$dir.part" "$dir"
}

# What a boot needs, and headers that no longer lie below /usr/src.
keep_stock() {
    local dir=$1 release=$2 headers module final
    final=${dir%.part}
    headers=$dir/root/usr/src/linux-headers-$release-cloud-amd64
    # From 7.3 on the image lies among its modules.
    cp "$dir/root/boot/vmlinuz-$release-cloud-amd64" "$dir/bzImage" 2>/dev/null ||
        cp "$dir/root/usr/lib/modules/$release-cloud-amd64/vmlinuz" "$dir/bzImage"
    cp "$headers/.config" "$dir/config"
    for module in $STOCK_MODULES; do
        find "$dir/root" -name "$module.ko" -exec cp {} "$dir/modules/" \;
        find "$dir/root" -name "$module.ko.xz" -exec sh -c 'xz -dc "$1" >"$2"' - {} "$dir/modules/$module.ko" \;
    done
    sed -i "s#/usr/src/#$final/root/usr/src/#g" "$headers/Makefile"
    # With it there, the build wants pahole.
    rm -f "$headers/vmlinux"
    rm -rf "$dir/packages" "$dir"/root/boot "$dir"/root/lib/modules "$dir"/root/usr/lib/modules
}

# The build tools of 7.3's headers want a newer C library than Debian 12's: its guests leak by programs alone.
has_lab_modules() { case $1 in 7.*) false ;; *) true ;; esac; }

build_stock_modules() {
    local kernel=$1 dir
    dir=$(stock_modules_dir "$kernel")
    [ -d "$dir" ] && return 0
    rm -rf "$dir.part"
    mkdir -p "$dir.part"
    has_lab_modules "$kernel" || { mv "$dir.part" "$dir"; return; }
    cp "$LAB"/modules/* "$dir.part/"
    # The kernel's own sample needs kmemleak.
    sed -i 's/ kmemleak-test.o//' "$dir.part/Makefile"
    (become nice -n 10 make -C "$(stock_dir "$kernel")/root/usr/src/linux-headers-$(stock_release "$kernel")-cloud-amd64" \
        M="$dir.part" CC=gcc modules) >"$dir.log" 2>&1 || {
        grep -E 'error|warning' "$dir.log" | head -n 10 >&2
        die "Building the leak modules for kernel $kernel failed; see $dir.log."
    }
    mv "$dir.part" "$dir"
}
