# shellcheck shell=bash
# What scripts share to talk to a Docker Engine: sourced, not run.

# engine_socket: the path of the engine's socket, from DOCKER_HOST.
engine_socket() {
    local host=${DOCKER_HOST:-unix:///var/run/docker.sock}
    case $host in
    unix://*) printf '%s\n' "${host#unix://}" ;;
    *) echo "${0##*/}: DOCKER_HOST is $host: only unix:// is understood here" >&2; return 1 ;;
    esac
}

# engine_curl PATH [CURL OPTION...]: one call; prints the reply, fails with the engine's words on an error status.
engine_curl() {
    local path=$1 socket
    shift
    socket=$(engine_socket) || return
    curl -sS --fail-with-body --unix-socket "$socket" "http://engine$path" "$@"
}

# engine_answers: is there an engine that lets us in?
engine_answers() {
    engine_curl /_ping --max-time 10 >/dev/null 2>&1
}

# engine_load < TAR: loads an image archive. The engine reports an error of its own inside a reply of status 200.
engine_load() {
    local reply
    reply=$(engine_curl '/images/load?quiet=1' -X POST -T - -H 'Content-Type: application/x-tar' -H 'Expect:') || return
    case $reply in
    *errorDetail*) echo "${0##*/}: the engine could not load an image: $reply" >&2; return 1 ;;
    esac
}

# engine_mount_cgroups: an engine needs control groups; a machine without systemd may not have mounted them.
engine_mount_cgroups() {
    mountpoint -q /sys/fs/cgroup || mount -t cgroup2 cgroup2 /sys/fs/cgroup
}
