#include "base/output.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace base {
namespace {

// Less than the room for which a pipe and a terminal call themselves writable, so that a write
// after that does not block.
constexpr std::size_t careful_piece = 512;

bool has_room(int descriptor) {
    pollfd one{descriptor, POLLOUT, 0};
    return ::poll(&one, 1, 0) > 0;
}

// A mode set on a description that is shared with the shell and others would be set for them too,
// so this opens another one. Fails where the terminal belongs to another user (`su`).
int open_without_blocking(int descriptor) {
    return ::open(fmt::format("/proc/self/fd/{}", descriptor).c_str(),
                  O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

}  // namespace

void Output::send_while_waiting(Reactor& reactor) {
    watch_.reset();
    reactor_ = &reactor;
    watch_while_kept();
}

void Output::write(std::string_view text) {
    if (reader_is_gone_ || text.empty()) {
        return;
    }
    if (kept_.size() + text.size() > most_kept) {
        lines_left_out_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        return;
    }
    keep_note_of_what_is_left_out();
    kept_ += text;
    send_some();
}

void Output::send_some() {
    if (way_ == Way::unknown) {
        find_way();
    }
    std::size_t sent = 0;
    while (sent < kept_.size()) {
        const long count = send(std::string_view(kept_).substr(sent));
        if (count >= 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN) {
            break;
        } else if (errno != EINTR) {
            give_up();
            break;
        }
    }
    kept_.erase(0, sent);
    watch_while_kept();
}

void Output::finish() {
    keep_note_of_what_is_left_out();
    if (!kept_.empty() && write_all(descriptor(), kept_) != 0) {
        give_up();
    }
    kept_.clear();
    watch_while_kept();
}

void Output::find_way() {
    way_ = Way::plain;
    struct stat status {};
    if (::fstat(shared_, &status) != 0 || S_ISREG(status.st_mode)) {
        return;
    }
    if (S_ISSOCK(status.st_mode)) {
        way_ = Way::socket;
    } else if (S_ISFIFO(status.st_mode) || ::isatty(shared_) == 1) {
        own_ = Descriptor(open_without_blocking(shared_));
        way_ = own_ ? Way::own : Way::careful;
    }
}

// As write(2).
long Output::send(std::string_view text) const {
    switch (way_) {
        case Way::unknown:
        case Way::plain:
        case Way::own: break;
        case Way::socket:
            return ::send(shared_, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        case Way::careful:
            if (!has_room(shared_)) {
                errno = EAGAIN;
                return -1;
            }
            text = text.substr(0, careful_piece);
            break;
    }
    return ::write(descriptor(), text.data(), text.size());
}

void Output::keep_note_of_what_is_left_out() {
    if (lines_left_out_ > 0) {
        kept_ += fmt::format("({} {} left out here because nobody read them)\n", lines_left_out_,
                             lines_left_out_ == 1 ? "line was" : "lines were");
        lines_left_out_ = 0;
    }
}

void Output::give_up() {
    reader_is_gone_ = true;
    kept_.clear();
    lines_left_out_ = 0;
}

void Output::watch_while_kept() {
    if (reactor_ == nullptr || kept_.empty()) {
        watch_.reset();
    } else if (!watch_) {
        watch_ = reactor_->watch(descriptor(), POLLOUT, [this](short) { send_some(); });
    }
}

int write_all(int descriptor, std::string_view text) {
    sigset_t none;
    sigemptyset(&none);
    while (!text.empty()) {
        pollfd one{descriptor, POLLOUT, 0};
        if (::ppoll(&one, 1, nullptr, &none) < 0) {
            continue;  // a signal that is caught
        }
        const ssize_t written =
            ::write(descriptor, text.data(), std::min<std::size_t>(text.size(), 4096));
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR && errno != EAGAIN) {
            return errno;
        }
    }
    return 0;
}

}  // namespace base
