# Builds the lab's kernels, each once: the cache is keyed by the source package's version and
# the configuration fragments. Finished kernels appear under kernels/ by a rename, so whatever
# is there is whole; an interrupted build stays under build/ and is taken up again.

source_package() { echo "linux-source-$1"; }

source_version() {
    dpkg-query -W -f '${Version}' "$(source_package "$1")" 2>/dev/null
}

fragments() { echo "$LAB/kernels/common.config" "$LAB/kernels/$1.config"; }

kernel_key() {
    local version
    version=$(source_version "$1")
    # shellcheck disable=SC2046 # two file names
    printf '%s-%s' "$1" "$( (echo "$version"; cat $(fragments "$1")) | sha256sum | cut -c1-12)"
}

kernel_source() { echo "$LAB_CACHE/src/$(source_package "$1")_$(source_version "$1")"; }
kernel_build()  { echo "$LAB_CACHE/build/$(kernel_key "$1")"; }
kernel_dir() {
    if is_stock "$1"; then stock_dir "$1"; else echo "$LAB_CACHE/kernels/$(kernel_key "$1")"; fi
}
kernel_ready() {
    { is_stock "$1" || [ -n "$(source_version "$1")" ]; } && [ -e "$(kernel_dir "$1")/bzImage" ]
}

build_kernel() {
    local kernel=$1 started=$SECONDS
    if is_stock "$kernel"; then
        unpack_stock "$kernel"
        return
    fi
    need_packages "$(source_package "$kernel")"
    kernel_ready "$kernel" && return 0
    require_space 6000 "Building kernel $kernel"
    unpack_source "$kernel"
    configure_kernel "$kernel"
    compile_kernel "$kernel"
    keep_kernel "$kernel"
    say "Kernel $kernel built in $(minutes $((SECONDS - started))) minutes."
}

unpack_source() {
    local archive dir
    dir=$(kernel_source "$1")
    [ -d "$dir" ] && return 0
    archive=/usr/src/$(source_package "$1").tar.xz
    say "Unpacking $archive"
    rm -rf "$dir.part"
    mkdir -p "$dir.part"
    tar -C "$dir.part" -xf "$archive" --strip-components=1 ||
        die "Unpacking $archive failed ($(free_mib) MiB free in $LAB_CACHE). Free some space and run again."
    mv "$dir.part" "$dir"
}

kernel_make() (
    kernel=$1
    shift
    become nice -n 10 make -C "$(kernel_source "$kernel")" O="$(kernel_build "$kernel")" \
        KBUILD_BUILD_USER=lab KBUILD_BUILD_HOST=kmemcheck KBUILD_BUILD_TIMESTAMP=2000-01-01 "$@"
)

configure_kernel() {
    local kernel=$1 build log
    build=$(kernel_build "$kernel")
    log=$build.log
    mkdir -p "$build"
    if [ -e "$build/.config" ]; then
        say "Taking up the interrupted build of kernel $kernel."
        return 0
    fi
    # shellcheck disable=SC2046 # two file names
    {
        kernel_make "$kernel" tinyconfig &&
            "$(kernel_source "$kernel")/scripts/kconfig/merge_config.sh" -m -O "$build" \
                "$build/.config" $(fragments "$kernel") &&
            kernel_make "$kernel" olddefconfig
    } >"$log" 2>&1 || die "Configuring kernel $kernel failed; see $log."
    check_config "$kernel"
}

# merge_config only warns, so every line asked for is looked up in the result.
check_config() {
    local line name wrong="" config
    config=$(kernel_build "$1")/.config
    # shellcheck disable=SC2046 # two file names
    while read -r line; do
        name=$(expr "$line" : '[# ]*\(CONFIG_[A-Z0-9_]*\)')
        case $line in
            \#*) grep -q "^$name=" "$config" && wrong="$wrong $name(off)" ;;
            *) grep -qxF "$line" "$config" || wrong="$wrong ${line#CONFIG_}" ;;
        esac
    done < <(grep -hE '^(# )?CONFIG_' $(fragments "$1"))
    [ -z "$wrong" ] && return 0
    mv "$config" "$config.refused"
    die "Kernel $1 does not give what its fragments ask for:$wrong. Correct Tests/Lab/kernels; the result is in $config.refused."
}

compile_kernel() {
    local kernel=$1 log build maker
    build=$(kernel_build "$kernel")
    log=$build.log
    kernel_make "$kernel" -j"$(nproc)" bzImage modules >>"$log" 2>&1 &
    maker=$!
    show_progress "$kernel" "$maker" "$log"
    wait "$maker" && return 0
    grep -q 'No space left' "$log" &&
        die "The disk is full: kernel $kernel needs about 2 GiB in $LAB_CACHE. Free some space and run again; the build is taken up where it stopped."
    tail -n 5 "$log" >&2
    die "Building kernel $kernel failed; see $log."
}

# The last file compiled, how many, how long: on one line of a terminal, or a line a minute in a log.
show_progress() {
    local kernel=$1 maker=$2 log=$3 started=$SECONDS beat=0
    while kill -0 "$maker" 2>/dev/null; do
        sleep 1
        beat=$((beat + 1))
        if [ -t 2 ]; then
            printf '\rlab: kernel %s %s  %s\033[K' "$kernel" "$(minutes $((SECONDS - started)))" "$(progress_line "$log")" >&2
        elif [ $((beat % 60)) -eq 0 ]; then
            say "kernel $kernel $(minutes $((SECONDS - started)))  $(progress_line "$log")"
        fi
    done
    [ -t 2 ] && echo >&2
    return 0
}

progress_line() {
    printf '%s files, now %s' "$(grep -c '^  [A-Z]' "$1")" "$(tail -n 1 "$1" | awk '{ print $NF }')"
}

keep_kernel() {
    local kernel=$1 build dir
    build=$(kernel_build "$kernel")
    dir=$(kernel_dir "$kernel")
    rm -rf "$dir.part"
    mkdir -p "$dir.part/modules"
    cp "$build/arch/x86/boot/bzImage" "$build/.config" "$build/System.map" "$dir.part/" &&
        find "$build" -name '*.ko' -exec cp {} "$dir.part/modules/" \; ||
        die "Keeping kernel $kernel failed ($(free_mib) MiB free in $LAB_CACHE). Free some space and run again."
    mv "$dir.part/.config" "$dir.part/config"
    mv "$dir.part" "$dir"
}
