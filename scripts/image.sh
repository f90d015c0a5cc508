# shellcheck shell=bash
# What scripts share to write image archives without a registry: sourced, not run.
#
#   image_begin
#   base=$(image_busybox); more=$(image_layer FOLDER)
#   image_add NAME '{"Cmd": ["sh"]}' "$base" "$more"
#   image_end >archive.tar
#
# The archive has the format of `docker save`: images that name the same layer share it, in the archive and in the engine.

image_dir=''
image_manifest=''

image_begin() {
    image_dir=$(mktemp -d)
    image_manifest=''
}

# image_layer FOLDER: makes FOLDER's content a layer and prints its name. The same content gives the same name.
image_layer() {
    local layer
    tar -C "$1" -cf "$image_dir/layer" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner .
    layer=$(sha256sum <"$image_dir/layer")
    layer=${layer%% *}
    mv "$image_dir/layer" "$image_dir/$layer.tar"
    printf '%s\n' "$layer"
}

# image_layer_file TAR: makes a tar file that stays where it is a layer, and prints its name, which it keeps beside it.
image_layer_file() {
    local file layer
    file=$(readlink -f "$1")
    [ "$file.sha256" -nt "$file" ] || sha256sum <"$file" >"$file.sha256"
    layer=$(cut -d ' ' -f 1 "$file.sha256")
    ln -s "$file" "$image_dir/$layer.tar"
    printf '%s\n' "$layer"
}

# image_busybox: a layer with busybox-static, a shell and some 270 tools, and prints its name.
image_busybox() {
    local root busybox
    root=$(mktemp -d)
    # Where --install's links point to.
    busybox=$(readlink -f "$(command -v busybox)")
    mkdir -p "$root/bin" "$root/tmp" "$root/etc" "$root/root" "$root$(dirname "$busybox")"
    chmod 1777 "$root/tmp"
    cp "$busybox" "$root$busybox"
    busybox --install -s "$root/bin"
    echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
    echo 'root:x:0:' >"$root/etc/group"
    image_layer "$root"
    rm -rf "$root"
}

# image_architecture: this machine's, as image configurations call it.
image_architecture() {
    case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    armv*) echo arm ;;
    i?86) echo 386 ;;
    *) uname -m ;;
    esac
}

# image_add NAME[:TAG] CONFIG LAYER...: CONFIG is the JSON object that a container's defaults come from.
image_add() {
    local name=$1 config=$2 layer diffs='' files='' id
    shift 2
    for layer; do
        diffs+="${diffs:+,}\"sha256:$layer\""
        files+="${files:+,}\"$layer.tar\""
    done
    printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}' \
        "$(image_architecture)" "$config" "$diffs" >"$image_dir/config"
    id=$(sha256sum <"$image_dir/config")
    id=${id%% *}
    mv "$image_dir/config" "$image_dir/$id.json"
    case $name in *:*) ;; *) name+=:latest ;; esac
    image_manifest+="${image_manifest:+,}{\"Config\":\"$id.json\",\"RepoTags\":[\"$name\"],\"Layers\":[$files]}"
}

# image_end >TAR: writes the archive and removes what it was made of.
image_end() {
    printf '[%s]' "$image_manifest" >"$image_dir/manifest.json"
    tar -C "$image_dir" --dereference -cf - .
    rm -rf "$image_dir"
}
