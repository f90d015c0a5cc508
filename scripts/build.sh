# shellcheck shell=bash
# What scripts share to build: sourced, not run.

# ccache, where it is installed, then knows a source again in another checkout.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

# What people run. Another compiler may warn of something new: that is no reason to build nothing, and scripts/check
# builds with warnings as errors.
# shellcheck disable=SC2034
build_release=(-DCMAKE_BUILD_TYPE=Release -DPIVOT_WARNINGS_AS_ERRORS=OFF)

# build FOLDER TARGET [CMAKE OPTION...]: quiet where nobody watches, then the whole output only when it fails.
build() {
    local folder=$1 target=$2 log
    shift 2
    mkdir -p "$folder"
    log=$folder/build.log
    echo "building $target in $folder" >&2
    if ! cmake -S . -B "$folder" -G Ninja "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "${0##*/}: cmake failed; if $folder is of another machine or generator, remove it and try again" >&2
        return 1
    fi
    if [ -t 2 ]; then
        cmake --build "$folder" --target "$target" >&2
    elif ! cmake --build "$folder" --target "$target" >>"$log" 2>&1; then
        grep -v '^\[[0-9]*/[0-9]*\] [A-Z]' "$log" >&2
        echo "${0##*/}: the build failed; its whole output is in $folder/build.log" >&2
        return 1
    fi
}

# build_sanitized TARGET SANITIZERS: in $build_sanitized, a folder of its own. Line tables are all that a sanitizer's
# report needs, and much cheaper than all of -g.
build_sanitized() {
    build_sanitized=build-sanitize-${2//,/-}
    build "$build_sanitized" "$1" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 -DPIVOT_WARNINGS_AS_ERRORS=ON \
        -DPIVOT_SANITIZE="$2"
}
