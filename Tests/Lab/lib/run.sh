# Chooses scenarios, boots once for each set of boot parameters, judges, counts.

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

# The scenarios of a kernel, one "parameters|name" a line, those of one boot together.
scenarios_by_boot() {
    local kernel=$1 scenario
    shift
    for scenario in "$@"; do
        scenario_wanted "$scenario" "$kernel" &&
            printf '%s|%s\n' "$(header "$scenario" boot)" "$scenario"
    done | sort -s -t '|' -k 1,1
}

run_kernel() {
    local kernel=$1 parameters scenario group="" current="" first=yes
    shift
    pack_initramfs "$kernel" "$RUN/initramfs-$kernel"
    while IFS='|' read -r parameters scenario; do
        if [ "$parameters" != "$current" ] || [ -n "$first" ]; then
            [ -n "$group" ] && run_boot "$kernel" "$current" "$group"
            group="" current=$parameters first=""
        fi
        group="$group $scenario"
    done < <(scenarios_by_boot "$kernel" "$@" | tee -a "$RUN/planned")
    [ -z "$group" ] || run_boot "$kernel" "$current" "$group"
}

# One boot: every scenario with these parameters, in one guest.
run_boot() {
    local kernel=$1 parameters=$2 group=$3 dir scenario
    [ -n "$PROGRAM" ] || group=$(without_program "$kernel" "$group")
    [ -n "$group" ] || return 0
    dir=$(mktemp -d "$RUN/$kernel-boot-XXXX")
    mkdir "$dir/back"
    add_plan "$RUN/initramfs-$kernel" "$dir/initrd" run "$group"
    # shellcheck disable=SC2086 # a list of names
    LAB_SILENCE=$(longest $group) boot "$dir" "$kernel" "$parameters" "$(allowance $group)"
    rm -f "$dir/initrd"
    gzip -dc "$dir/back.bin" 2>/dev/null | tar -x -i -C "$dir/back" 2>/dev/null
    for scenario in $group; do
        judge "$kernel" "$scenario" "$dir/back/results/$scenario"
    done
}

# Seconds a scenario has: "#@ limit:", else LAB_LIMIT.
limit_of() {
    local own
    own=$(header "$1" limit)
    echo "${own:-$LAB_LIMIT}"
}

# Seconds a boot of these scenarios may take in all.
allowance() {
    local scenario sum=120
    for scenario in "$@"; do sum=$((sum + $(limit_of "$scenario"))); done
    echo "$sum"
}

# Seconds for which a guest with these scenarios may rightly say nothing.
longest() {
    local scenario most=0
    for scenario in "$@"; do
        [ "$(limit_of "$scenario")" -le "$most" ] || most=$(limit_of "$scenario")
    done
    echo $((most + 30))
}

# A line a scenario; the lines are counted at the end.
judge() {
    local kernel=$1 scenario=$2 dir=$3 problems
    if problems=$(KMEMCHECK=$PROGRAM VMLINUX=$(is_stock "$kernel" || kernel_build "$kernel")/vmlinux MODULES=$(modules_dir "$kernel") python3 "$LAB/check.py" "$(scenario_file "$scenario")" "$dir" "$kernel" 2>&1); then
        verdict "pass  $kernel  $scenario"
    else
        verdict "FAIL  $kernel  $scenario" "${problems//$'\n'/$'\n'          }" "files: $dir"
    fi
}

verdict() {
    printf '%s\n' "$1" | tee -a "$RUN/verdicts"
    shift
    [ $# -eq 0 ] || printf '          %s\n' "$@"
}

# Scenarios about the guest alone (#@ program: no) need no kmemcheck; the others are skipped aloud.
without_program() {
    local kernel=$1 scenario
    for scenario in $2; do
        if [ "$(header "$scenario" program)" = no ]; then
            echo "$scenario"
        else
            verdict "skip  $kernel  $scenario: there is no kmemcheck binary" >&2
        fi
    done
}

count() { grep -c "^$1 " "$RUN/verdicts"; }

# The closing line, and whether all is well: something passed and nothing failed.
summary() {
    local passed failed skipped
    touch "$RUN/planned" "$RUN/verdicts"
    all_judged
    passed=$(count pass) failed=$(count FAIL) skipped=$(count skip)
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# A scenario that was planned and has no verdict must not pass for one that passed.
all_judged() {
    local planned judged
    planned=$(wc -l <"$RUN/planned")
    judged=$(wc -l <"$RUN/verdicts")
    [ "$planned" -eq "$judged" ] && return 0
    verdict "FAIL  $((planned - judged)) of $planned scenarios have no verdict; see the lab's messages above."
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
    SCENARIOS_NAMED=$SCENARIOS
    SCENARIOS=${SCENARIOS:-$(all_scenarios)}
    KERNELS=${KERNELS:-$LAB_KERNELS$(stock_wanted)}
}

# Stock kernels are run where a scenario that is named needs them: they have to be downloaded.
stock_wanted() {
    local kernel scenario
    for kernel in $LAB_STOCK; do
        for scenario in $SCENARIOS_NAMED; do
            scenario_wanted "$scenario" "$kernel" && printf ' %s' "$kernel" && break
        done
    done
}

# The kernels run side by side: a guest mostly keeps one processor busy.
run_kernels() {
    local kernel runners=""
    for kernel in $KERNELS; do
        # shellcheck disable=SC2086 # lists of words
        run_kernel "$kernel" $SCENARIOS &
        runners="$runners $!"
    done
    # shellcheck disable=SC2086 # a list of words
    wait $runners
}

# Kernels that the mirror doesn't have (any more) are skipped aloud.
drop_unknown() {
    local kernel known=""
    UNKNOWN=""
    for kernel in $KERNELS; do
        if is_stock "$kernel" && [ -z "$(stock_release "$kernel")" ]; then
            UNKNOWN="$UNKNOWN $kernel"
        else
            known="$known $kernel"
        fi
    done
    KERNELS=$known
}

skip_unknown() {
    local kernel scenario
    for kernel in $UNKNOWN; do
        for scenario in $SCENARIOS; do
            scenario_wanted "$scenario" "$kernel" || continue
            echo "|$scenario" >>"$RUN/planned"
            verdict "skip  $kernel  $scenario: $(stock_unknown "$kernel")"
        done
    done
}

run_command() {
    parse_run "$@"
    make_cache
    drop_unknown
    prepare
    skip_unknown
    run_kernels
    summary
}
