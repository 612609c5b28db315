# Debian's own kernels, as their cloud images are: unpacked from the packages, nothing built but the leak
# modules, against the packages' headers. They have neither kmemleak nor allocation profiling.

LAB_STOCK="6.1-stock 6.12-stock"

is_stock() { case $1 in *-stock) true ;; *) false ;; esac; }

# The metapackage of the newest headers, by which the image of the same release is found.
stock_metapackage() {
    case $1 in
        6.1-stock) echo linux-headers-cloud-amd64 ;;
        *) echo "linux-headers-${1%-stock}-cloud-amd64" ;;
    esac
}

# 6.1.0-56, 6.12.117+deb12: as in the packages' names. Asked of apt once, and kept.
stock_release() {
    local file=$LAB_CACHE/stock-$1
    [ -s "$file" ] ||
        apt-cache depends "$(stock_metapackage "$1")" 2>/dev/null |
        sed -n 's/.*Depends: linux-headers-\(.*\)-cloud-amd64/\1/p' | head -n 1 >"$file"
    cat "$file"
}

stock_dir() { echo "$LAB_CACHE/kernels/$1-$(stock_release "$1")"; }
stock_modules_dir() { echo "$LAB_CACHE/modules/$1-$(stock_release "$1")-$(hash_of "$LAB"/modules/*)"; }

stock_packages() {
    local release=$1
    echo "linux-image-$release-cloud-amd64" "linux-headers-$release-cloud-amd64" \
        "linux-headers-$release-common"
    # 6.1's build tools are named by the version alone.
    case $release in
        6.1.*) echo linux-kbuild-6.1 ;;
        *) echo "linux-kbuild-$release" ;;
    esac
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
        LAB_DIE_STATUS=69 die "apt knows no $(stock_metapackage "$kernel"): stock kernels need Debian 12 with its security updates; run apt-get update."
    require_space 1500 "A stock kernel"
    say "Downloading Debian's kernel $release"
    rm -rf "$dir.part"
    mkdir -p "$dir.part/packages" "$dir.part/root" "$dir.part/modules"
    # shellcheck disable=SC2046 # a list of names
    (cd "$dir.part/packages" && apt-get download $(stock_packages "$release")) >"$dir.log" 2>&1 ||
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
    cp "$dir/root/boot/vmlinuz-$release-cloud-amd64" "$dir/bzImage"
    cp "$dir/root/boot/config-$release-cloud-amd64" "$dir/config"
    for module in $STOCK_MODULES; do
        find "$dir/root" -name "$module.ko" -exec cp {} "$dir/modules/" \;
        find "$dir/root" -name "$module.ko.xz" -exec sh -c 'xz -dc "$1" >"$2"' - {} "$dir/modules/$module.ko" \;
    done
    sed -i "s#/usr/src/#$final/root/usr/src/#g" "$headers/Makefile"
    # With it there, the build wants pahole.
    rm -f "$headers/vmlinux"
    rm -rf "$dir/packages" "$dir"/root/boot "$dir"/root/lib/modules "$dir"/root/usr/lib/modules
}

build_stock_modules() {
    local kernel=$1 dir
    dir=$(stock_modules_dir "$kernel")
    [ -d "$dir" ] && return 0
    rm -rf "$dir.part"
    mkdir -p "$dir.part"
    cp "$LAB"/modules/* "$dir.part/"
    # The kernel's own sample needs kmemleak.
    sed -i 's/ kmemleak-test.o//' "$dir.part/Makefile"
    (become nice -n 10 make -C "$(stock_dir "$kernel")/root/usr/src/linux-headers-$(stock_release "$kernel")-cloud-amd64" \
        M="$dir.part" modules) >"$dir.log" 2>&1 || {
        grep -E 'error|warning' "$dir.log" | head -n 10 >&2
        die "Building the leak modules for kernel $kernel failed; see $dir.log."
    }
    mv "$dir.part" "$dir"
}
