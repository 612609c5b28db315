# Words, places and small habits shared by every part of the lab. Sourced, never run.

LAB_KERNELS="6.1 6.12"
LAB_LIMIT=${LAB_LIMIT:-100}   # seconds that a scenario has
LAB_CACHE=${KMEMCHECK_LAB_CACHE:-${HOME:-/root}/.cache/kmemcheck-lab}

say() { printf '%s\n' "lab: $*" >&2; }

# Ends with a sentence that says what to do. 69: the machine lacks something.
die() {
    say "$*"
    exit "${LAB_DIE_STATUS:-1}"
}

usage_error() {
    LAB_DIE_STATUS=64 die "$*"
}

known_kernel() {
    local kernel
    for kernel in $LAB_KERNELS $LAB_STOCK; do
        [ "$kernel" = "$1" ] && return 0
    done
    return 1
}

require_kernel() {
    known_kernel "$1" || usage_error "There is no lab kernel '$1'; choose one of: $LAB_KERNELS $LAB_STOCK."
}

make_cache() {
    mkdir -p "$LAB_CACHE" 2>/dev/null && [ -w "$LAB_CACHE" ] ||
        die "The cache directory $LAB_CACHE cannot be written. Set KMEMCHECK_LAB_CACHE to a directory that can."
}

# Free space in MiB where the cache is.
free_mib() { df -Pm "$LAB_CACHE" | awk 'NR == 2 { print $4 }'; }

require_space() {
    local free
    free=$(free_mib)
    [ "$free" -ge "$1" ] ||
        die "$2 needs $1 MiB in $LAB_CACHE, and $free MiB are free. Free some space, or set KMEMCHECK_LAB_CACHE to another disk."
}

# Several labs may be started at once: what goes into the cache is written by one at a time.
with_cache_lock() {
    make_cache
    exec 9>"$LAB_CACHE/lock"
    if ! flock -n 9; then
        say "Another lab run is writing the cache; waiting for it."
        # In the background, so that a signal is heard while waiting.
        flock 9 &
        wait $!
    fi
    "$@"
    local status=$?
    exec 9>&-
    return $status
}

hash_of() { cat "$@" | sha256sum | cut -c1-12; }

# Turns the present subshell into a command that ends when its parent does, and that does not
# inherit the lock: a QEMU or make left behind would hold it for ever. Only for use with & or ( ).
become() {
    exec 9>&-
    exec setpriv --pdeathsig TERM "$@"
}

minutes() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }
