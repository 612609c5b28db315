# Captures of known leaks for the tests that need no lab: a snapshot before, one after, and what
# was leaked in between, from the scenarios that made them.

# Scenario, and the name of the fixture.
FIXTURES="leak-kmalloc:kmalloc leak-cache:cache leak-merged:merged leak-vmalloc:vmalloc
leak-pages0:pages leak-percpu:percpu leak-notleak:notleak churn:churn ext4-cache:ext4"

fixtures_command() {
    local kernel pair failed=""
    parse_run "$@"
    [ -n "$SCENARIOS_NAMED" ] && usage_error "lab fixtures takes them all; it knows no scenario names."
    SCENARIOS=$(for pair in $FIXTURES; do echo "${pair%:*}"; done)
    prepare
    need_program
    run_kernels
    summary || failed=yes
    [ -z "$failed" ] || die "Fixtures are only taken from scenarios that hold; the old ones are left as they are."
    for kernel in $KERNELS; do
        for pair in $FIXTURES; do
            keep_fixture "$kernel" "${pair%:*}" "${pair#*:}"
        done
    done
}

keep_fixture() {
    local kernel=$1 scenario=$2 name=$3 moment from to=$REPOSITORY/Fixtures/captures
    from=$(echo "$RUN/$kernel"-boot-*/back/results/"$scenario")
    mkdir -p "$to"
    for moment in before after; do
        # The same tar, packed more tightly, as these are committed.
        zstd -q -d -c "$from/$moment.tar.zst" | zstd -q -f -19 -o "$to/$kernel-$name-$moment.tar.zst"
        [ "$(stat -c %s "$to/$kernel-$name-$moment.tar.zst")" -le 49152 ] ||
            say "$kernel-$name-$moment.tar.zst is larger than 48 KiB; is all of it needed?"
    done
    origin "$kernel" "$scenario" "$from" >"$to/$kernel-$name.origin"
}

# The capture and the history of a release, which later ones read for ever.
release_command() {
    local to
    parse_run --kernel 6.12 leak-kmalloc watch-timer
    prepare
    need_program
    to=$REPOSITORY/Fixtures/releases/$("$PROGRAM" --version | cut -d ' ' -f 2)
    [ ! -e "$to" ] || die "$to is there already, and what a release wrote is never replaced."
    run_kernels
    summary || die "A release is only kept of scenarios that hold."
    mkdir -p "$to"
    zstd -q -d -c "$RUN"/6.12-boot-*/back/results/leak-kmalloc/after.tar.zst | zstd -q -19 -o "$to/capture.tar.zst"
    cp "$RUN"/6.12-boot-*/back/results/watch-timer/watch.sqlite "$to/history.sqlite"
    {
        echo "origin: Tests/Lab/lab release, scenarios leak-kmalloc (after) and watch-timer"
        origin 6.12 leak-kmalloc "$(echo "$RUN"/6.12-boot-*/back/results/leak-kmalloc)" | tail -n +2
    } >"$to/origin"
    say "Kept $to."
}

# What the fixture is, in lines of "key: value".
origin() {
    echo "origin: Tests/Lab/lab fixtures, scenario $2"
    echo "kernel: $(source_package "$1") $(source_version "$1"), Tests/Lab/kernels, QEMU with 1 GiB and 2 processors"
    echo "boot: $(header "$2" boot)"
    echo "made by: $("$PROGRAM" --version)"
    [ -e "$3/truth" ] && sed 's/^/truth: /' "$3/truth"
}
