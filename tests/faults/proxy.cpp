#include "faults/proxy.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <poll.h>
#include <stdexcept>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

#include "faults/proxy_connection.hpp"
#include "support/unix_socket.hpp"

namespace faults {
namespace {

std::filesystem::path fresh_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pivot-proxy-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), "mkdtemp");
    }
    return name;
}

}  // namespace

Proxy::Proxy(Fault fault)
    : log_(std::move(fault)),
      folder_(fresh_folder()),
      listening_(support::listen_at(socket_path())),
      wake_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { serve(); }) {}

Proxy::~Proxy() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
    thread_.join();
    ::close(wake_);
    ::close(listening_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Proxy::serve() {
    for (;;) {
        std::vector<pollfd> waited{{wake_, POLLIN, 0}, {listening_, POLLIN, 0}};
        int at_most = -1;
        for (const auto& connection : connections_) {
            connection->add_to(waited, at_most);
        }
        ::poll(waited.data(), waited.size(), at_most);
        if (waited[0].revents != 0) {
            connections_.clear();
            return;
        }
        for (std::size_t i = 0; i < connections_.size(); ++i) {
            connections_[i]->serve(waited[2 + 2 * i].revents, waited[3 + 2 * i].revents);
        }
        std::erase_if(connections_, [](const auto& connection) { return connection->is_over(); });
        if (waited[1].revents != 0) {
            const int client =
                ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (client >= 0) {
                connections_.push_back(std::make_unique<ProxyConnection>(client, log_));
            }
        }
    }
}

}  // namespace faults
