#include "apply/peer.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace apply {
namespace {

std::vector<gid_t> groups_of(int connection) {
    std::vector<gid_t> groups(32);
    for (;;) {
        auto bytes = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
        const int result = getsockopt(connection, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &bytes);
        if (result != 0 && errno != ERANGE) {
            return {};  // a kernel before 4.13
        }
        groups.resize(bytes / sizeof(gid_t));
        if (result == 0) {
            return groups;
        }
    }
}

}  // namespace

std::optional<Peer> peer_of(int connection) {
    ucred credentials{};
    socklen_t length = sizeof credentials;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
        return std::nullopt;
    }
    return Peer{credentials.pid, credentials.uid, credentials.gid, groups_of(connection)};
}

EngineRights::EngineRights(const std::string& socket_path) {
    struct stat status {};
    if (stat(socket_path.c_str(), &status) == 0) {
        file_ = File{status.st_uid, status.st_gid, status.st_mode};
    }
}

bool EngineRights::has(const Peer& peer) const {
    if (peer.uid == 0 || peer.uid == geteuid()) {
        return true;
    }
    if (!file_) {
        return false;
    }
    if (peer.uid == file_->uid) {
        return (file_->mode & S_IWUSR) != 0;
    }
    const bool in_group =
        peer.gid == file_->gid ||
        std::find(peer.groups.begin(), peer.groups.end(), file_->gid) != peer.groups.end();
    return (file_->mode & (in_group ? S_IWGRP : S_IWOTH)) != 0;
}

}  // namespace apply
