# Three machines with Debian's own kernels, one of which leaks; a Prometheus on the host asks all three.

# Name, kernel and leaking module of each machine.
FLEET="first:6.12-stock:kmemlab_kmalloc second:6.12-stock: third:6.1-stock:"
FLEET_PACKAGES="prometheus prometheus-alertmanager prometheus-node-exporter curl"
FLEET_SECONDS=1800

fleet_command() {
    [ $# -eq 0 ] || usage_error "lab fleet takes nothing more."
    local machine name kernel module port guests="" places=""
    KERNELS="6.1-stock 6.12-stock"
    prepare
    need_program
    # shellcheck disable=SC2086 # a list of words
    need_packages $FLEET_PACKAGES
    for kernel in $KERNELS; do pack_fleet "$kernel"; done
    port=$(free_ports)
    for machine in $FLEET; do
        IFS=: read -r name kernel module <<<"$machine"
        boot_machine "$name" "$kernel" "$module" "$port" &
        guests="$guests $!"
        places="$places $name=127.0.0.1:$port"
        port=$((port + 1))
    done
    # shellcheck disable=SC2086 # a list of words
    KMEMCHECK=$PROGRAM timeout "$FLEET_SECONDS" python3 "$LAB/fleet.py" "$RUN" \
        "$REPOSITORY/Sources/Packaging/prometheus/kmemcheck.rules.yml" $places
    local status=$?
    # shellcheck disable=SC2086 # a list of numbers
    kill $guests 2>/dev/null
    [ "$status" -ne 124 ] || say "The fleet didn't come to an end within $FLEET_SECONDS seconds; its files are in $RUN."
    return "$status"
}

pack_fleet() {
    local more=$RUN/more-$1
    pack_initramfs "$1" "$RUN/initramfs-$1"
    mkdir "$more"
    add_program "$more" /usr/bin/prometheus-node-exporter /usr/bin/prometheus-node-exporter
    (cd "$more" && find . -print0 | cpio --quiet -0 -o -H newc --owner 0:0) >>"$RUN/initramfs-$1" ||
        die "Packing node_exporter failed; is the disk full?"
    rm -rf "$more"
}

# The first of three ports of loopback at which nobody listens.
free_ports() {
    python3 - <<'END'
import socket
for first in range(19100, 60000, 3):
    try:
        for port in range(first, first + 3):
            with socket.socket() as one:
                one.bind(("127.0.0.1", port))
    except OSError:
        continue
    print(first)
    break
END
}

boot_machine() {
    local dir=$RUN/$1
    mkdir "$dir"
    LAB_HOST=$1 LAB_LEAK=$3 add_plan "$RUN/initramfs-$2" "$dir/initrd" fleet ""
    LAB_SILENCE=$FLEET_SECONDS
    LAB_NETWORK="-netdev user,id=n,restrict=on,hostfwd=tcp:127.0.0.1:$4-:9100 -device virtio-net-pci,netdev=n,romfile=" \
        boot "$dir" "$2" "" "$FLEET_SECONDS"
}
