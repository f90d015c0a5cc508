#include "cli/console.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "present/exit_code.hpp"

namespace cli {
namespace {

// 0, or the errno of what went wrong.
int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

present::Style style(Common::Color color, const Environment& environment, int descriptor) {
    switch (color) {
        case Common::Color::always: return {diagnostics::Colour::on};
        case Common::Color::never: return {};
        case Common::Color::automatic: break;
    }
    const bool wanted =
        is_terminal(descriptor) && !environment.no_color && !environment.dumb_terminal;
    return {wanted ? diagnostics::Colour::on : diagnostics::Colour::off};
}

std::optional<winsize> size_of(int descriptor) {
    winsize size{};
    const bool known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? std::optional(size) : std::nullopt;
}

}  // namespace

void Console::hold_standard_streams() {
    // Opened the wrong way round, so that using them still fails.
    constexpr std::array modes{O_WRONLY, O_RDONLY, O_RDONLY};
    for (int descriptor = 0; descriptor < 3; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
            [[maybe_unused]] const int held =
                ::open("/dev/null", modes[static_cast<std::size_t>(descriptor)]);
        }
    }
    std::signal(SIGPIPE,
                SIG_IGN);  // `pivot status | head -1` is no reason to die halfway through `up`
}

Console::Console(Common::Color color, const Environment& environment)
    : result_style_(style(color, environment, STDOUT_FILENO)),
      message_style_(style(color, environment, STDERR_FILENO)),
      messages_go_to_(is_terminal(STDERR_FILENO) && !environment.dumb_terminal ? Kind::terminal
                                                                               : Kind::pipe) {}

void Console::result(std::string_view text) {
    if (const int error = write_all(STDOUT_FILENO, text); error != 0 && write_error_ == 0) {
        write_error_ = error;
    }
}

void Console::say(std::string_view text) {
    write_all(STDERR_FILENO, text);  // there is nobody left to tell that it failed
}

present::Width Console::result_width() const {
    if (!is_terminal(STDOUT_FILENO)) {
        return std::nullopt;
    }
    const auto size = size_of(STDOUT_FILENO);
    return size ? present::Width(size->ws_col) : std::nullopt;
}

present::Window Console::window() {
    const auto size = size_of(STDERR_FILENO);
    return size && size->ws_row > 0 ? present::Window{size->ws_col, size->ws_row}
                                    : present::Window{};
}

int Console::exit_code(int code) {
    if (write_error_ == 0 || write_error_ == EPIPE) {
        return code;
    }
    present::Message message;
    message.headline =
        fmt::format("the result could not be written: {}", std::strerror(write_error_));
    say(message);
    return code == present::exit_code::done ? present::exit_code::not_in_goal_state : code;
}

}  // namespace cli
