# What the host must have, and the one command that gets it.

LAB_PACKAGES="qemu-system-x86 busybox-static flex bison bc libelf-dev libssl-dev cpio xz-utils zstd kmod e2fsprogs gcc make python3"

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

install_command() { echo "apt-get install --no-install-recommends $*"; }

# A root user (a CI job, a container) wants it to work; anyone else is told how.
need_packages() {
    local package missing=()
    for package in "$@"; do
        installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    [ "$(id -u)" -eq 0 ] ||
        LAB_DIE_STATUS=69 die "These packages are missing; run as root: $(install_command "${missing[@]}")"
    say "Installing ${missing[*]}"
    install_packages "${missing[@]}"
}

install_packages() {
    local log="$LAB_CACHE/apt.log"
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 && return 0
    DEBIAN_FRONTEND=noninteractive apt-get update >>"$log" 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 ||
        LAB_DIE_STATUS=69 die "apt could not install $*; see $log, then run: $(install_command "$@")"
}

host_packages() {
    command -v dpkg-query >/dev/null ||
        LAB_DIE_STATUS=69 die "The lab builds Debian's linux-source packages and needs a Debian or Ubuntu machine."
    # shellcheck disable=SC2086 # a list of words
    need_packages $LAB_PACKAGES
}
