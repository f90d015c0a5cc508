#pragma once

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace apply {

// The process at the other end of a connection of a Unix socket, as the kernel knows it.
struct Peer {
    pid_t pid = 0;  // 0: of another process namespace
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;  // the further ones
};

// Of a connection to a listening socket: who began to listen.
[[nodiscard]] std::optional<Peer> peer_of(int connection);

// Who may use an engine: root, this process's own user, and whom the file of the engine's socket
// lets in. Abstract sockets have no permissions, so whoever speaks on one is asked for here.
class EngineRights {
public:
    explicit EngineRights(const std::string& socket_path);
    [[nodiscard]] bool has(const Peer& peer) const;

private:
    struct File {
        uid_t uid = 0;
        gid_t gid = 0;
        mode_t mode = 0;
    };
    std::optional<File> file_;  // none: it is not there
};

}  // namespace apply
