#pragma once

#include <string_view>
#include <vector>

#include "base/output.hpp"
#include "cli/arguments.hpp"
#include "cli/environment.hpp"
#include "present/failure_text.hpp"
#include "present/frame.hpp"
#include "present/table.hpp"

namespace cli {

// The two streams that a person or a script sees: results on standard output, all else on standard
// error.
class Console {
public:
    enum class Kind { pipe, terminal };

    // Before anything is opened: a closed stream's number must not become that of a socket.
    static void hold_standard_streams();

    Console(Common::Color color, const Environment& environment);

    // Waits for whoever reads it.
    void result(std::string_view text);
    // With its line feed. Never waits: what the reader does not take is sent later.
    void say(std::string_view text) { messages_.write(text); }
    void say(const present::Message& message) { say(present::to_text(message, message_style())); }
    void say(const std::vector<present::Message>& messages) {
        say(present::to_text(messages, message_style()));
    }

    [[nodiscard]] present::Style result_style() const { return result_style_; }
    [[nodiscard]] present::Style message_style() const;  // for the terminal's width of this moment
    [[nodiscard]] present::Width result_width() const;   // none: not a terminal
    [[nodiscard]] Kind messages_go_to() const { return messages_go_to_; }
    [[nodiscard]] static present::Window window();  // of the terminal that messages go to
    // Whether a frame would be seen at once: all that was said is taken, and the terminal is not
    // another job's.
    [[nodiscard]] bool takes_a_frame();
    // From now on what has not is sent while the reactor, which must outlive this, waits.
    void send_while_waiting(base::Reactor& reactor) { messages_.send_while_waiting(reactor); }

    // Waits until every message is sent. `code`, or 1 with a word about it where a result could not
    // be written. A reader who has gone away has seen enough: that is no error.
    [[nodiscard]] int exit_code(int code);

private:
    present::Style result_style_;
    present::Style message_style_;
    Kind messages_go_to_ = Kind::pipe;
    base::Output messages_;
    int write_error_ = 0;  // an errno
};

}  // namespace cli
