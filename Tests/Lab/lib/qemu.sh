# One virtual machine at a time, that ends by itself, by timeout, or with the lab.

QEMU_PID=""
LAB_SILENCE=${LAB_SILENCE:-130}

# The guest's parameters on every boot. A panic reboots, and -no-reboot makes that the end.
BOOT_PARAMETERS="console=ttyS0 quiet loglevel=4 panic=-1 oops=panic"

# qemu_command multi|single: the processors of a guest as threads of their own, or taking turns in one.
# Two sockets, not two cores: the firmware's MP table lists a processor per socket, and there
# is no ACPI to list the others.
qemu_command() {
    echo qemu-system-x86_64 -M q35 -cpu max -accel "tcg,thread=$1" -m 1G -smp 2,sockets=2 \
        -nodefaults -display none -vga none -monitor none -no-reboot
}

# boot DIRECTORY KERNEL PARAMETERS SECONDS: leaves console.log and back.bin there; 0 if the guest
# ended by itself.
boot() {
    for _ in 1 2 3; do
        boot_once "$@" && return 0
        # On a busy host the emulated timer may not tick while the kernel tests it: nothing has run by then.
        grep -q "IO-APIC + timer doesn't work" "$1/console.log" || return 1
    done
    return 1
}

# pdeathsig: even a lab killed with SIGKILL leaves no QEMU behind.
boot_once() {
    local dir=$1 kernel=$2 parameters=$3 limit=$4 threads=multi
    # Tracing has the kernel rewrite its code while it runs. With a thread for each processor QEMU now and then
    # runs what was there before, and the guest ends in "Oops: int3".
    ! is_stock "$kernel" || threads=single
    : >"$dir/console.log"
    : >"$dir/back.bin"
    # shellcheck disable=SC2046,SC2086 # lists of words
    become timeout -k 5 "$limit" $(qemu_command $threads) ${LAB_NETWORK:-} \
        -kernel "$(kernel_dir "$kernel")/bzImage" -initrd "$dir/initrd" \
        -append "$BOOT_PARAMETERS $parameters" \
        -serial "file:$dir/console.log" -serial "file:$dir/back.bin" \
        </dev/null >"$dir/qemu.log" 2>&1 &
    QEMU_PID=$!
    stream_console "$dir/console.log" "$kernel"
    wait_for_qemu "$dir"
}

stream_console() {
    STREAM_PID=""
    [ "${LAB_STREAM:-}" = none ] && return 0
    become tail -n +1 -f --pid="$QEMU_PID" "$1" 2>/dev/null |
        become sed -u -e 's/\r//g' -e "$(stream_filter "$2")" >&2 &
    STREAM_PID=$!
}

# The demo shows the guest as it is; a run marks whose line it is.
stream_filter() {
    if [ "${LAB_STREAM:-}" = plain ]; then echo '/^LAB /d; /reboot: Restarting system/d'; else echo "s/^/$1| /"; fi
}

wait_for_qemu() {
    local dir=$1 age status
    while kill -0 "$QEMU_PID" 2>/dev/null; do
        sleep 0.3
        # Kernels run in subshells: one whose lab is gone, however it went, must not go on.
        kill -0 $$ 2>/dev/null || { stop_qemu; exit 1; }
        age=$(($(date +%s) - $(stat -c %Y "$dir/console.log")))
        if [ "$age" -gt "$LAB_SILENCE" ]; then
            say "The guest has said nothing for $LAB_SILENCE seconds; stopping it. Its last words are in $dir/console.log."
            stop_qemu
            return 1
        fi
    done
    wait "$QEMU_PID"
    status=$?
    QEMU_PID=""
    [ -n "$STREAM_PID" ] && wait "$STREAM_PID" 2>/dev/null
    explain_end "$dir" "$status"
}

stop_qemu() {
    [ -n "$QEMU_PID" ] || return 0
    kill "$QEMU_PID" 2>/dev/null
    wait "$QEMU_PID" 2>/dev/null
    QEMU_PID=""
}

explain_end() {
    local dir=$1 status=$2 console=$1/console.log
    if grep -q 'Kernel panic' "$console"; then
        say "The guest's kernel panicked: $(grep -m 1 -o 'Kernel panic.*' "$console"). See $console."
    elif grep -q 'Out of memory' "$console"; then
        say "The guest ran out of memory: $(grep -m 1 -o 'Out of memory.*' "$console"). See $console."
    elif [ "$status" -eq 124 ]; then
        say "The guest did not end in its time and was stopped. See $console."
    elif [ "$status" -ne 0 ]; then
        say "QEMU ended with status $status: $(tail -n 1 "$dir/qemu.log")"
    else
        return 0
    fi
    return 1
}
