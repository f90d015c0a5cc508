#include "apply/lock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/format.h>

namespace apply {
namespace {

constexpr int backlog = 128;
constexpr std::string_view take_over = "down";
// Where as many wait as the kernel keeps in line, the next one looks again after this.
constexpr auto retry_pause = std::chrono::milliseconds(50);

// The engine's socket by what it is, not by its path: several paths may lead to it.
std::string name_of(const engine::Address& address, const ApplianceId& appliance) {
    struct stat status {};
    if (stat(address.socket_path().c_str(), &status) != 0) {
        return fmt::format("pivot/{}/{}", address.socket_path(), appliance);
    }
    return fmt::format("pivot/{:x}-{:x}/{}", status.st_dev, status.st_ino, appliance);
}

struct Name {
    sockaddr_un address{};
    socklen_t length = 0;
};

Name abstract(const std::string& name) {
    Name result;
    result.address.sun_family = AF_UNIX;
    const std::size_t length = std::min(name.size(), sizeof result.address.sun_path - 1);
    std::memcpy(result.address.sun_path + 1, name.data(), length);
    result.length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + length);
    return result;
}

int make_socket(int flags) { return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0); }

const sockaddr* as_address(const Name& name) {
    return reinterpret_cast<const sockaddr*>(&name.address);
}

}  // namespace

Lock::Lock(Run& loop, const engine::Address& address, const ApplianceId& appliance, Holder holder)
    : loop_(loop), name_(name_of(address, appliance)), holder_(holder) {}

Lock::~Lock() {
    callers_.push_back(descriptor_);
    for (const int descriptor : callers_) {
        if (descriptor >= 0) {
            loop_.ignore(descriptor);
            close(descriptor);
        }
    }
}

Run::End Lock::acquire() {
    for (;;) {
        switch (try_to_hold()) {
            case Attempt::held:
                loop_.when_readable(descriptor_, [this] { on_caller(); });
                return Run::End::done;
            case Attempt::unusable:  // no such sockets here: better without a lock than not at all
                return Run::End::done;
            case Attempt::taken: had_to_wait_ = true; break;
        }
        if (const Run::End end = wait_for_holder(); end != Run::End::done) {
            return end;
        }
    }
}

Lock::Attempt Lock::try_to_hold() {
    const int candidate = make_socket(SOCK_NONBLOCK);
    if (candidate < 0) {
        return Attempt::unusable;
    }
    const Name name = abstract(name_);
    if (bind(candidate, as_address(name), name.length) == 0 && listen(candidate, backlog) == 0) {
        descriptor_ = candidate;
        return Attempt::held;
    }
    const bool taken = errno == EADDRINUSE;
    close(candidate);
    return taken ? Attempt::taken : Attempt::unusable;
}

Run::End Lock::wait_for_holder() {
    const int connection = make_socket(SOCK_NONBLOCK);
    const Name name = abstract(name_);
    if (connection < 0 || connect(connection, as_address(name), name.length) != 0) {
        if (connection >= 0) {
            close(connection);
        }
        // It ended in this very moment, or too many wait already.
        const auto until = Clock::now() + retry_pause;
        loop_.at(until, [] {});
        return loop_.run_until([&] { return Clock::now() >= until; });
    }
    ucred peer{};
    socklen_t length = sizeof peer;
    (void)getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length);
    loop_.listener().on(WaitingForOther{peer.pid, peer.uid});
    if (holder_ == Holder::down) {
        (void)send(connection, take_over.data(), take_over.size(), MSG_NOSIGNAL);
    }
    bool ended = false;
    loop_.when_readable(connection, [&] {
        std::array<char, 64> bytes{};
        const ssize_t count = recv(connection, bytes.data(), bytes.size(), 0);
        ended = count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
    });
    const Run::End end = loop_.run_until([&] { return ended; });
    loop_.ignore(connection);
    close(connection);
    return end;
}

// Those who wait only hold the line, so that they hear of the end.
void Lock::on_caller() {
    const int caller = accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (caller < 0) {
        return;
    }
    callers_.push_back(caller);
    loop_.when_readable(caller, [this, caller] { on_message(caller); });
}

void Lock::on_message(int caller) {
    std::array<char, 64> bytes{};
    const ssize_t count = recv(caller, bytes.data(), bytes.size(), 0);
    if (count > 0) {
        const std::string_view message(bytes.data(), static_cast<std::size_t>(count));
        if (message.starts_with(take_over) && holder_ == Holder::up) {
            loop_.take_over();
        }
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        loop_.ignore(caller);
        std::erase(callers_, caller);
        close(caller);
    }
}

}  // namespace apply
