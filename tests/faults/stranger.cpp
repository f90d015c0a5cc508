#include "faults/stranger.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <functional>
#include <grp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace faults {
namespace {

constexpr uid_t nobody = 65534;

struct Name {
    explicit Name(const std::string& name) {
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
        length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    }
    [[nodiscard]] const sockaddr* get() const {
        return reinterpret_cast<const sockaddr*>(&address);
    }

    sockaddr_un address{};
    socklen_t length = 0;
};

// Runs `what` as nobody in a process of its own, which ends with the code that `what` gives.
pid_t as_nobody(const std::function<int()>& what) {
    const pid_t pid = ::fork();
    if (pid < 0) {
        throw std::system_error(errno, std::generic_category(), "fork");
    }
    if (pid == 0) {
        (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const bool became =
            ::setgroups(0, nullptr) == 0 && ::setgid(nobody) == 0 && ::setuid(nobody) == 0;
        ::_exit(became ? what() : 77);
    }
    return pid;
}

int hang_up_of(int connection) {
    pollfd poll{connection, POLLIN, 0};
    std::array<char, 16> bytes{};
    return ::poll(&poll, 1, 30'000) == 1 && ::recv(connection, bytes.data(), bytes.size(), 0) <= 0
               ? 0
               : 3;
}

}  // namespace

std::vector<std::string> lock_names() {
    std::vector<std::string> names;
    std::ifstream sockets("/proc/net/unix");
    for (std::string line; std::getline(sockets, line);) {
        const std::size_t at = line.find(" @pivot/");
        if (at != std::string::npos) {
            names.push_back(line.substr(at + 2));
        }
    }
    return names;
}

Stranger::Stranger(const std::string& name, Takes takes) {
    std::array<int, 2> ready{};
    if (::pipe(ready.data()) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe");
    }
    pid_ = as_nobody([&] {
        const Name address(name);
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const bool has = ::bind(socket, address.get(), address.length) == 0 &&
                         (takes == Takes::bind || ::listen(socket, 1) == 0);
        if (!has || ::write(ready[1], "x", 1) != 1) {
            return 3;
        }
        return ::pause();
    });
    ::close(ready[1]);
    char byte = 0;
    const bool has = ::read(ready[0], &byte, 1) == 1;
    ::close(ready[0]);
    if (!has) {
        (void)::waitpid(pid_, nullptr, 0);
        throw std::runtime_error("a stranger cannot take the name " + name);
    }
}

Stranger::~Stranger() {
    ::kill(pid_, SIGKILL);
    (void)::waitpid(pid_, nullptr, 0);
}

void stranger_says(const std::string& name, const std::string& message) {
    const pid_t pid = as_nobody([&] {
        const Name address(name);
        const int connection = ::socket(AF_UNIX, SOCK_STREAM, 0);
        if (::connect(connection, address.get(), address.length) != 0) {
            return 3;
        }
        // Who hung up at once hears nothing of it.
        (void)::send(connection, message.data(), message.size(), MSG_NOSIGNAL);
        return hang_up_of(connection);
    });
    int status = 0;
    (void)::waitpid(pid, &status, 0);
    if (status != 0) {
        throw std::runtime_error("a stranger could not speak to the lock " + name);
    }
}

}  // namespace faults
