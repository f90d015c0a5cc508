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

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

diagnostics::Colour colour(Common::Color color, const Environment& environment, int descriptor) {
    switch (color) {
        case Common::Color::always: return diagnostics::Colour::on;
        case Common::Color::never: return diagnostics::Colour::off;
        case Common::Color::automatic: break;
    }
    const bool wanted =
        is_terminal(descriptor) && !environment.no_color && !environment.dumb_terminal;
    return wanted ? diagnostics::Colour::on : diagnostics::Colour::off;
}

present::Style style(Common::Color color, const Environment& environment, int descriptor) {
    return {colour(color, environment, descriptor), environment.marks};
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
                                                                               : Kind::pipe),
      messages_(STDERR_FILENO) {}

void Console::result(std::string_view text) {
    messages_.finish();  // a terminal shows both in their order
    if (const int error = base::write_all(STDOUT_FILENO, text); error != 0 && write_error_ == 0) {
        write_error_ = error;
    }
}

bool Console::takes_a_frame() {
    messages_.send_some();
    const pid_t foreground = ::tcgetpgrp(STDERR_FILENO);  // negative: nobody's jobs run there
    return !messages_.wants_to_write() && (foreground < 0 || foreground == ::getpgrp());
}

present::Style Console::message_style() const {
    present::Style style = message_style_;
    if (const auto size =
            messages_go_to_ == Kind::terminal ? size_of(STDERR_FILENO) : std::nullopt) {
        style.columns = size->ws_col;
    }
    return style;
}

present::Width Console::result_width() const {
    if (!is_terminal(STDOUT_FILENO)) {
        return std::nullopt;
    }
    const auto size = size_of(STDOUT_FILENO);
    return size ? present::Width(size->ws_col, result_style_.marks) : std::nullopt;
}

present::Window Console::window() {
    const auto size = size_of(STDERR_FILENO);
    return size && size->ws_row > 0 ? present::Window{size->ws_col, size->ws_row}
                                    : present::Window{};
}

int Console::exit_code(int code) {
    if (write_error_ != 0 && write_error_ != EPIPE) {
        present::Message message;
        message.headline =
            fmt::format("the result could not be written: {}", std::strerror(write_error_));
        say(message);
        code = code == present::exit_code::done ? present::exit_code::not_in_goal_state : code;
    }
    messages_.finish();
    return code;
}

}  // namespace cli
