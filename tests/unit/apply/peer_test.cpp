#include "apply/peer.hpp"

#include <filesystem>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"
#include "support/unix_socket.hpp"

using apply::EngineRights;
using apply::Peer;

namespace {

// A socket's file with this mode, gone at the end.
class SocketFile {
public:
    explicit SocketFile(mode_t mode) : descriptor_(support::bound_to(path_)) {
        ::chmod(path_.c_str(), mode);
    }
    SocketFile(const SocketFile&) = delete;
    SocketFile& operator=(const SocketFile&) = delete;
    ~SocketFile() {
        ::close(descriptor_);
        std::filesystem::remove(path_);
    }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_ = "/tmp/pivot-peer-" + std::to_string(::getpid());
    int descriptor_;
};

// Neither root nor whoever runs this test.
const uid_t stranger = ::geteuid() + 4711;
const gid_t other_group = ::getegid() + 4711;

bool has(const EngineRights& rights, uid_t uid, gid_t gid, std::vector<gid_t> groups = {}) {
    return rights.has(Peer{1, uid, gid, std::move(groups)});
}

}  // namespace

TEST_CASE("root, our own user and the group of the engine's socket may use it, others may not") {
    const SocketFile socket(0660);
    const EngineRights rights(socket.path());
    CHECK(has(rights, 0, other_group));
    CHECK(has(rights, ::geteuid(), other_group));
    CHECK(has(rights, stranger, ::getegid()));
    CHECK(has(rights, stranger, other_group, {other_group + 1, ::getegid()}));
    CHECK_FALSE(has(rights, stranger, other_group, {other_group + 1}));
}

TEST_CASE("who may only read the engine's socket may not use it") {
    const SocketFile socket(0755);
    const EngineRights rights(socket.path());
    CHECK_FALSE(has(rights, stranger, ::getegid()));
    CHECK_FALSE(has(rights, stranger, other_group));
}

TEST_CASE("a socket that is open to all lets all use the engine") {
    const SocketFile socket(0666);
    CHECK(has(EngineRights(socket.path()), stranger, other_group));
}

TEST_CASE("an engine's socket that is not there is root's and ours") {
    const EngineRights rights("/no/such/socket");
    CHECK(has(rights, 0, other_group));
    CHECK(has(rights, ::geteuid(), other_group));
    CHECK_FALSE(has(rights, stranger, ::getegid()));
}

TEST_CASE("the kernel tells who is at the other end, with all groups") {
    int ends[2] = {-1, -1};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    const auto peer = apply::peer_of(ends[0]);
    REQUIRE(peer);
    CHECK(peer->pid == ::getpid());
    CHECK(peer->uid == ::geteuid());
    CHECK(peer->gid == ::getegid());
    std::vector<gid_t> groups(static_cast<std::size_t>(::getgroups(0, nullptr)));
    REQUIRE(::getgroups(static_cast<int>(groups.size()), groups.data()) >= 0);
    CHECK(peer->groups == groups);
    ::close(ends[0]);
    ::close(ends[1]);
    CHECK_FALSE(apply::peer_of(-1));
}
