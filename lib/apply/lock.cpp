#include "apply/lock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace apply {
namespace {

constexpr int backlog = 128;
constexpr std::string_view take_over = "down";
// Where as many wait as the kernel keeps in line, the next one looks again after this ...
constexpr auto retry_pause = std::chrono::milliseconds(50);
// ... and for this long. Whoever holds the lock takes callers out of the line all the time.
constexpr auto longest_silence = std::chrono::seconds(2);

// By the path of the engine's socket that symbolic links lead to. The file behind it is another one
// after each start of the engine, and an `up` from before must still be seen. As a hash, because a
// path and an id together may be longer than a name.
std::string name_of(const engine::Address& address, const ApplianceId& appliance) {
    std::error_code no_such_path;
    const auto path = std::filesystem::weakly_canonical(address.socket_path(), no_such_path);
    return fmt::format("pivot/{:016x}/{}",
                       base::hash(no_such_path ? address.socket_path() : path.string()), appliance);
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

base::Descriptor make_socket() {
    return base::Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

const sockaddr* as_address(const Name& name) {
    return reinterpret_cast<const sockaddr*>(&name.address);
}

// None: nobody listens, or too many wait.
base::Descriptor connect_to(const std::string& name) {
    const Name address = abstract(name);
    base::Descriptor connection = make_socket();
    if (connection && connect(connection.get(), as_address(address), address.length) != 0) {
        connection.reset();
    }
    return connection;
}

}  // namespace

Lock::Lock(Run& run, const engine::Address& address, const ApplianceId& appliance, Holder holder)
    : run_(run),
      appliance_(appliance),
      name_(name_of(address, appliance)),
      rights_(address.socket_path()),
      holder_(holder) {}

Lock::~Lock() {
    for (const auto& [number, caller] : callers_) {
        run_.ignore(number);
    }
    if (descriptor_) {
        run_.ignore(descriptor_.get());
    }
}

Run::End Lock::acquire() {
    std::optional<Clock::time_point> silent_since;
    for (;;) {
        switch (try_to_hold()) {
            case Attempt::held:
                run_.when_readable(descriptor_.get(), [this] { on_caller(); });
                return Run::End::done;
            case Attempt::unusable:  // no such sockets here: better without a lock than not at all
                return Run::End::done;
            case Attempt::taken: had_to_wait_ = true; break;
        }
        const base::Descriptor connection = connect_to(name_);
        if (!connection) {
            // It ended in this very moment, or too many wait already.
            silent_since = silent_since.value_or(Clock::now());
            if (Clock::now() - *silent_since > longest_silence) {
                go_on_without(std::nullopt);
                return Run::End::done;
            }
            if (const auto end = pause(); end != Run::End::done) {
                return end;
            }
            continue;
        }
        silent_since.reset();
        const std::optional<Peer> holder = peer_of(connection.get());
        if (!holder || !rights_.has(*holder)) {
            go_on_without(holder);
            return Run::End::done;
        }
        if (const auto end = wait_for_end_of(connection.get(), *holder); end != Run::End::done) {
            return end;
        }
    }
}

Lock::Attempt Lock::try_to_hold() {
    base::Descriptor candidate = make_socket();
    if (!candidate) {
        return Attempt::unusable;
    }
    const Name name = abstract(name_);
    if (bind(candidate.get(), as_address(name), name.length) == 0 &&
        listen(candidate.get(), backlog) == 0) {
        descriptor_ = std::move(candidate);
        return Attempt::held;
    }
    return errno == EADDRINUSE ? Attempt::taken : Attempt::unusable;
}

Run::End Lock::pause() {
    const auto until = Clock::now() + retry_pause;
    run_.at(until, [] {});
    return run_.run_until([&] { return Clock::now() >= until; });
}

Run::End Lock::wait_for_end_of(int connection, const Peer& holder) {
    run_.listener().on(WaitingForOther{holder.pid, holder.uid});
    if (holder_ == Holder::down) {
        (void)send(connection, take_over.data(), take_over.size(), MSG_NOSIGNAL);
    }
    bool ended = false;
    run_.when_readable(connection, [&] {
        std::array<char, 64> bytes{};
        const ssize_t count = recv(connection, bytes.data(), bytes.size(), 0);
        ended = count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
    });
    const Run::End end = run_.run_until([&] { return ended; });
    run_.ignore(connection);
    return end;
}

void Lock::go_on_without(const std::optional<Peer>& holder) {
    const std::string who =
        holder ? fmt::format("process {} of user {}, which has no rights on this engine,",
                             holder->pid, holder->uid)
               : std::string("a process that does not answer");
    run_.listener().on(
        Noticed{{diagnostics::Severity::warning,
                 fmt::format("{} has taken the name of the lock of `{}`: going on without the lock",
                             who, appliance_),
                 std::nullopt, "see that no other `pivot` changes it at the same time"}});
}

// Those who wait only hold the line, so that they hear of the end.
void Lock::on_caller() {
    base::Descriptor caller(
        accept4(descriptor_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!caller) {
        return;
    }
    const std::optional<Peer> peer = peer_of(caller.get());
    if (!peer || !rights_.has(*peer)) {
        return;
    }
    const int number = caller.get();
    callers_.emplace(number, std::move(caller));
    run_.when_readable(number, [this, number] { on_message(number); });
}

void Lock::on_message(int caller) {
    std::array<char, 64> bytes{};
    const ssize_t count = recv(caller, bytes.data(), bytes.size(), 0);
    if (count > 0) {
        const std::string_view message(bytes.data(), static_cast<std::size_t>(count));
        if (message.starts_with(take_over) && holder_ == Holder::up) {
            run_.take_over();
        }
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        run_.ignore(caller);
        callers_.erase(caller);
    }
}

}  // namespace apply
