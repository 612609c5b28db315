# Chooses scenarios, boots once for each set of boot parameters, judges, counts.

PASSED=0 FAILED=0 SKIPPED=0

scenario_file() { echo "$LAB/scenarios/$1.sh"; }

# The value of a "#@ key: value" line of a scenario.
header() { sed -n "s/^#@ $2: *//p" "$(scenario_file "$1")"; }

all_scenarios() {
    local file
    for file in "$LAB"/scenarios/*.sh; do
        basename "$file" .sh
    done
}

scenario_wanted() {
    local scenario=$1 kernel=$2
    case " $(header "$scenario" kernels) " in
        *" $kernel "*) ;;
        *) return 1 ;;
    esac
    [ -z "$QUICK" ] || [ "$(header "$scenario" run)" = quick ]
}

# The scenarios of a kernel, one "parameters<TAB>name" a line, those of one boot together.
scenarios_by_boot() {
    local kernel=$1 scenario
    shift
    for scenario in "$@"; do
        scenario_wanted "$scenario" "$kernel" &&
            printf '%s\t%s\n' "$(header "$scenario" boot)" "$scenario"
    done | sort -s -t "$(printf '\t')" -k 1,1
}

run_kernel() {
    local kernel=$1 parameters scenario group="" current="" first=yes
    shift
    pack_initramfs "$kernel" "$RUN/initramfs-$kernel"
    while IFS="$(printf '\t')" read -r parameters scenario; do
        if [ "$parameters" != "$current" ] || [ -n "$first" ]; then
            [ -n "$group" ] && run_boot "$kernel" "$current" "$group"
            group="" current=$parameters first=""
        fi
        group="$group $scenario"
    done < <(scenarios_by_boot "$kernel" "$@")
    [ -z "$group" ] || run_boot "$kernel" "$current" "$group"
}

# One boot: every scenario with these parameters, in one guest.
run_boot() {
    local kernel=$1 parameters=$2 group=$3 dir
    BOOTS=$((BOOTS + 1))
    dir=$RUN/$kernel-boot$BOOTS
    mkdir -p "$dir/back"
    [ -n "$HAVE_PROGRAM" ] || group=$(without_program "$kernel" "$group")
    [ -n "$group" ] || return 0
    add_plan "$RUN/initramfs-$kernel" "$dir/initrd" run "$group"
    boot "$dir" "$kernel" "$parameters" $((120 + 100 * $(echo "$group" | wc -w)))
    rm -f "$dir/initrd"
    gzip -dc "$dir/back.bin" 2>/dev/null | tar -x -i -C "$dir/back" 2>/dev/null
    for scenario in $group; do
        judge "$kernel" "$scenario" "$dir/back/results/$scenario"
    done
}

judge() {
    local kernel=$1 scenario=$2 dir=$3 problems
    if problems=$(python3 "$LAB/check.py" "$(scenario_file "$scenario")" "$dir" "$kernel" 2>&1); then
        PASSED=$((PASSED + 1))
        echo "pass  $kernel  $scenario"
    else
        FAILED=$((FAILED + 1))
        echo "FAIL  $kernel  $scenario"
        echo "$problems" | sed 's/^/          /'
        echo "          files: $dir"
    fi
}

# Scenarios about the guest alone (#@ program: no) need no kmemcheck; the others are skipped aloud.
without_program() {
    local kernel=$1 scenario
    for scenario in $2; do
        if [ "$(header "$scenario" program)" = no ]; then
            echo "$scenario"
        else
            echo "skip  $kernel  $scenario: there is no kmemcheck binary" >&2
        fi
    done
}

count_skipped() {
    local kernel scenario
    [ -n "$HAVE_PROGRAM" ] && return 0
    for kernel in $KERNELS; do
        for scenario in $SCENARIOS; do
            scenario_wanted "$scenario" "$kernel" && [ "$(header "$scenario" program)" != no ] &&
                SKIPPED=$((SKIPPED + 1))
        done
    done
    return 0
}

summary() {
    if [ "$SKIPPED" -gt 0 ]; then
        echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
    else
        echo "$PASSED passed, $FAILED failed"
    fi
}

parse_run() {
    QUICK="" KERNELS="" SCENARIOS=""
    while [ $# -gt 0 ]; do
        case $1 in
            --quick) QUICK=yes ;;
            --quiet) LAB_STREAM=none ;;
            --kernel) [ $# -gt 1 ] || usage_error "--kernel wants one of: $LAB_KERNELS."
                require_kernel "$2"; KERNELS="$KERNELS $2"; shift ;;
            -*) usage_error "There is no option '$1'; see Tests/Lab/lab help." ;;
            *) [ -e "$(scenario_file "$1")" ] || usage_error "There is no scenario '$1'; Tests/Lab/lab list names them."
                SCENARIOS="$SCENARIOS $1" ;;
        esac
        shift
    done
    KERNELS=${KERNELS:-$LAB_KERNELS}
    SCENARIOS=${SCENARIOS:-$(all_scenarios)}
}

run_command() {
    local kernel
    parse_run "$@"
    prepare
    count_skipped
    for kernel in $KERNELS; do
        # shellcheck disable=SC2086 # lists of words
        run_kernel "$kernel" $SCENARIOS
    done
    summary
    [ "$FAILED" -eq 0 ] && [ $((PASSED + SKIPPED)) -gt 0 ]
}
