# shellcheck shell=bash disable=SC2154
# Read by `build`: makes the Debian packages of $tree and $debug.

# The packages of the libraries that the binary is linked with, and of those that it loads.
dependencies() {
    local folder=$work/shlibs name package
    mkdir -p "$folder/debian"
    printf 'Source: kmemcheck\n\nPackage: kmemcheck\nArchitecture: any\n' >"$folder/debian/control"
    (cd "$folder" && dpkg-shlibdeps -O "$tree/usr/bin/kmemcheck") | sed -n 's/^shlibs:Depends=//p' | tr -d '\n'
    for name in $(loaded); do
        package=$(dpkg -S "*/$name" | sed -n '1s/:.*//p')
        [[ -n $package ]] || fail 69 "no package here has $name, which the program loads"
        printf ', %s' "$package"
    done
}

# control PACKAGE DIR DEPENDS: the fields that both packages have.
control() {
    cat <<END
Package: $1
Source: kmemcheck
Version: $version
Architecture: amd64
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$2" | cut -f1)
Depends: $3
END
}

# deb DIR: the package of a folder, its files root's and of one time.
deb() {
    (cd "$1" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) >"$1/DEBIAN/md5sums"
    dated "$1"
    local package
    package=$(sed -n 's/^Package: //p' "$1/DEBIAN/control")
    if [[ $package = *-dbgsym ]]; then
        # Symbols are packed already, section by section.
        dpkg-deb --root-owner-group -Zxz -z1 --build "$1" "$output/${package}_${version}_amd64.deb" >/dev/null
    else
        dpkg-deb --root-owner-group -Znone --no-uniform-compression --build "$1" "$work/plain.deb" >/dev/null
        "$here/repack" "$work/plain.deb" "$output/${package}_${version}_amd64.deb"
    fi
}

build_main() {
    local root=$work/deb
    cp -a "$tree" "$root"
    mkdir "$root/DEBIAN"
    install -m 644 "$here/debian/copyright" "$root/usr/share/doc/kmemcheck/copyright"
    cat >"$work/changelog" <<END
kmemcheck ($version) unstable; urgency=medium

  * Version $version. What changed is in NEWS.md.

 -- $maintainer  $(date -R -d "@$SOURCE_DATE_EPOCH")
END
    gzip -9n <"$work/changelog" >"$root/usr/share/doc/kmemcheck/changelog.gz"
    install -m 755 "$here"/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
    (cd "$root" && find etc -type f -printf '/%p\n' | sort) >"$root/DEBIAN/conffiles"
    { control kmemcheck "$root" "$(dependencies)"; cat "$here/debian/description"; } >"$root/DEBIAN/control"
    deb "$root"
}

build_debug() {
    local root=$work/dbgsym
    cp -a "$debug" "$root"
    mkdir -p "$root/DEBIAN" "$root/usr/share/doc"
    ln -s kmemcheck "$root/usr/share/doc/kmemcheck-dbgsym"
    { control kmemcheck-dbgsym "$root" "kmemcheck (= $version)"; cat <<END; } >"$root/DEBIAN/control"
Section: debug
Priority: optional
Auto-Built-Package: debug-symbols
Description: debug symbols for kmemcheck
Build-Ids: $(basename "$(dirname "$symbols")")$(basename "$symbols" .debug)
END
    deb "$root"
}

build_main
build_debug
