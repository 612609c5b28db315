# Builds the leak modules against a lab kernel, once per kernel and state of their sources.

modules_dir() {
    if is_stock "$1"; then
        stock_modules_dir "$1"
        return
    fi
    echo "$LAB_CACHE/modules/$(kernel_key "$1")-$(hash_of "$LAB"/modules/*)"
}

build_modules() {
    local kernel=$1 dir
    if is_stock "$kernel"; then
        build_stock_modules "$kernel"
        return
    fi
    dir=$(modules_dir "$kernel")
    [ -d "$dir" ] && return 0
    rm -rf "$dir.part"
    mkdir -p "$dir.part"
    cp "$LAB"/modules/* "$dir.part/"
    # The kernel's own sample of leaks; kernels without CONFIG_SAMPLES don't build it themselves.
    cp "$(kernel_source "$kernel")/samples/kmemleak/kmemleak-test.c" "$dir.part/"
    kernel_make "$kernel" M="$dir.part" modules >"$dir.log" 2>&1 || {
        grep -E 'error|warning' "$dir.log" | head -n 10 >&2
        die "Building the leak modules for kernel $kernel failed; see $dir.log."
    }
    mv "$dir.part" "$dir"
}

# The guest helpers are static C, so that they run without a library beside them. Programs that leak
# are those of the tests of `watch`.
helper_sources() { echo "$LAB"/guest/*.c "$REPOSITORY"/Tests/Leakers/*.c; }

# shellcheck disable=SC2046 # a list of file names
helpers_dir() { echo "$LAB_CACHE/helpers/$(hash_of $(helper_sources))"; }

build_helpers() {
    local dir source
    dir=$(helpers_dir)
    [ -d "$dir" ] && return 0
    rm -rf "$dir.part"
    mkdir -p "$dir.part"
    for source in $(helper_sources); do
        gcc -std=gnu11 -Wall -Wextra -Werror -O1 -static -o "$dir.part/$(basename "$source" .c)" "$source" ||
            die "Compiling $source failed."
    done
    mv "$dir.part" "$dir"
}
