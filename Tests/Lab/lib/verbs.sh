# What `lab` can be told to do.

help_text() {
    cat <<'END'
Real kernels with kmemleak, in QEMU, on any machine.

  Tests/Lab/lab demo                         see kmemcheck find a leak, start to end
  Tests/Lab/lab run --quick                  the scenarios CI runs, on both kernels
  Tests/Lab/lab run --kernel 6.12 leak-kmalloc
                                             one scenario on one kernel

Commands:
  build [--kernel K]…                        build what is not in the cache yet
  run [--kernel K]… [--quick] [--quiet] [SCENARIO…]
                                             boot, run, judge; --quiet: without the console
  shell [--kernel K]                         a guest to try things in; `exit` ends it
  demo [--kernel K]                          the tour
  record [FILE] [--kernel K]                 a terminal's recording (asciicast) of watch finding a leak
  fleet                                      three of Debian's own kernels and one Prometheus: which leaks?
  fixtures [--kernel K]…                     capture Fixtures/captures anew
  release                                    keep a capture and a history of this release in Fixtures/releases
  list                                       scenarios, and what each one holds
  help                                       this text

Kernels: 6.1, 6.12, and Debian's own 5.10-stock, 6.1-stock, 6.12-stock and 7.3-stock. What is built is kept in ${KMEMCHECK_LAB_CACHE:-~/.cache/kmemcheck-lab};
KMEMCHECK_BIN names the kmemcheck to test, else the one built last in this checkout is taken.
END
}

parse_kernels() {
    KERNELS=""
    while [ $# -gt 0 ]; do
        case $1 in
            --kernel) [ $# -gt 1 ] || usage_error "--kernel wants one of: $LAB_KERNELS."
                require_kernel "$2"; KERNELS="$KERNELS $2"; shift ;;
            *) usage_error "'$1' is not understood here; see Tests/Lab/lab help." ;;
        esac
        shift
    done
}

build_one() { build_kernel "$1" && build_modules "$1" && build_helpers; }

is_built() {
    kernel_ready "$1" && [ -d "$(modules_dir "$1")" ] && [ -d "$(helpers_dir)" ]
}

build_all() {
    local kernel
    host_packages
    for kernel in $KERNELS; do
        # What is complete needs no lock: a run must not wait for the build of another kernel.
        is_built "$kernel" || with_cache_lock build_one "$kernel" || exit $?
    done
}

# Everything a boot needs, and a directory for this run alone.
prepare() {
    make_cache
    build_all
    PROGRAM=$(find_program) || exit $?
    make_run_dir
}

make_run_dir() {
    require_space 1000 "A lab run"
    mkdir -p "$LAB_CACHE/runs"
    # Results are for looking at afterwards; those of yesterday's runs are not.
    find "$LAB_CACHE/runs" -mindepth 1 -maxdepth 1 -mtime +1 -exec rm -rf {} +
    RUN=$(mktemp -d "$LAB_CACHE/runs/$(date +%H%M%S)-XXXX") || die "A directory for this run could not be made in $LAB_CACHE/runs."
}

build_command() {
    parse_kernels "$@"
    KERNELS=${KERNELS:-$LAB_KERNELS}
    make_cache
    build_all
    say "Ready: kernels ${KERNELS# } in $LAB_CACHE."
}

list_command() {
    local scenario
    for scenario in $(all_scenarios); do
        printf '%-26s %-9s %-6s %s\n' "$scenario" "$(header "$scenario" kernels | tr ' ' ,)" \
            "$(header "$scenario" run)" "$(sed -n '1s/^# //p' "$(scenario_file "$scenario")")"
    done
}

need_program() {
    [ -n "$PROGRAM" ] ||
        LAB_DIE_STATUS=69 die "There is no kmemcheck to show. Build it (swift build --product kmemcheck), or name one with KMEMCHECK_BIN."
}

demo_command() {
    parse_kernels "$@"
    KERNELS=$(echo "${KERNELS:-6.12}" | awk '{ print $1 }')
    prepare
    need_program
    pack_initramfs "$KERNELS" "$RUN/initramfs"
    add_plan "$RUN/initramfs" "$RUN/initrd" demo ""
    say "Booting Linux $KERNELS in QEMU…"
    LAB_STREAM=plain boot "$RUN" "$KERNELS" "" 300
}

record_command() {
    local output="$REPOSITORY/docs/watch.cast" recorder
    case ${1:-} in "" | --*) ;; *) output=$(realpath -m "$1"); shift ;; esac
    parse_kernels "$@"
    KERNELS=$(echo "${KERNELS:-6.12}" | awk '{ print $1 }')
    prepare
    need_program
    pack_initramfs "$KERNELS" "$RUN/initramfs"
    add_plan "$RUN/initramfs" "$RUN/initrd" record ""
    say "Recording $output in Linux $KERNELS…"
    : >"$RUN/console.log"
    python3 "$LAB/lib/cast.py" "$RUN/console.log" "$output" &
    recorder=$!
    LAB_STREAM=none boot "$RUN" "$KERNELS" "" 600 && wait $recorder
}

shell_command() {
    local status
    parse_kernels "$@"
    KERNELS=$(echo "${KERNELS:-6.12}" | awk '{ print $1 }')
    [ -t 0 ] || die "lab shell needs a terminal; for scripts there is: lab run SCENARIO."
    prepare
    pack_initramfs "$KERNELS" "$RUN/initramfs"
    add_plan "$RUN/initramfs" "$RUN/initrd" shell ""
    trap 'stty sane' EXIT
    # shellcheck disable=SC2046 # a list of words
    setpriv --pdeathsig TERM $(qemu_command multi | sed 's/-monitor none//') -serial mon:stdio \
        -kernel "$(kernel_dir "$KERNELS")/bzImage" -initrd "$RUN/initrd" -append "$BOOT_PARAMETERS"
    status=$?
    rm -rf "$RUN"
    return $status
}
