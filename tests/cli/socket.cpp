#include "cli/socket.hpp"

#include <array>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "support/unix_socket.hpp"

Socket::Socket(const std::string& path, Listening listening, std::string reply)
    : descriptor_(support::bound_to(path)) {
    if (listening == Listening::yes) {
        listen([reply = std::move(reply)](const std::string&) { return reply; });
    }
}

Socket::Socket(const std::string& path, Answer answer) : descriptor_(support::bound_to(path)) {
    listen(std::move(answer));
}

void Socket::listen(Answer answer) {
    ::listen(descriptor_, 8);
    wake_ = ::eventfd(0, EFD_CLOEXEC);
    server_ = std::thread([this, answer = std::move(answer)] { serve(answer); });
}

Socket::~Socket() {
    if (server_.joinable()) {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
        server_.join();
        ::close(wake_);
    }
    ::close(descriptor_);
}

void Socket::serve(const Answer& answer) const {
    std::vector<base::Descriptor> silent;
    for (;;) {
        std::array<pollfd, 2> waiting{pollfd{descriptor_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
        ::poll(waiting.data(), waiting.size(), -1);
        if (waiting[1].revents != 0) {
            return;
        }
        base::Descriptor connection(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
        std::array<char, 4096> request{};
        const ssize_t got = ::read(connection.get(), request.data(), request.size());
        const std::optional<std::string> reply =
            answer(std::string(request.data(), static_cast<std::size_t>(got < 0 ? 0 : got)));
        if (!reply) {
            silent.push_back(std::move(connection));
            continue;
        }
        [[maybe_unused]] const ssize_t sent =
            ::send(connection.get(), reply->data(), reply->size(), MSG_NOSIGNAL);
    }
}
