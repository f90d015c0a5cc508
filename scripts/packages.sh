# shellcheck shell=bash disable=SC2034
# What scripts share to install what they need from Debian's packages: sourced, not run.

packages_build=(g++ cmake ninja-build pkg-config libboost-dev libcurl4-openssl-dev nlohmann-json3-dev libcli11-dev
    libfmt-dev libexpected-dev catch2 curl)
packages_engine=(iptables iproute2 busybox-static curl procps util-linux)
packages_check=(clang clang-format clang-tidy libclang-rt-dev python3 shellcheck)

# as_root COMMAND...: through sudo where we are not root.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "${0##*/}: this needs root and there is no sudo: run as root" >&2
        return 1
    fi
}

# packages_need PACKAGE...: installs those that are missing; without a missing one nothing is called.
packages_need() {
    local package missing=() log
    if ! command -v apt-get >/dev/null; then
        echo "${0##*/}: no Debian here, so nothing can be installed; these are needed: $*" >&2
        return
    fi
    for package; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "installing packages: ${missing[*]}" >&2
    log=$(mktemp)
    # A failed update is no end: what is known already may do.
    as_root apt-get update -q >"$log" 2>&1 || true
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}" \
        </dev/null >>"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "${0##*/}: apt-get could not install ${missing[*]}; above is the end of $log" >&2
        return 1
    fi
    rm -f "$log"
}

# packages_need_engine: what an engine and its tests need. Any Docker Engine will do, also one that is no Debian package.
packages_need_engine() {
    local docker=()
    PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v dockerd >/dev/null || docker=(docker.io)
    packages_need "${docker[@]}" "${packages_engine[@]}"
}
