#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "present/board.hpp"
#include "present/echo_off.hpp"
#include "present/live_block.hpp"
#include "present/progress.hpp"

namespace present {

struct Terminal {
    Sink write;
    std::function<Window()>
        window;  // asked before each drawing, so that a change of size is noticed
    Style style;
    // Whether a frame would be seen at once; else none is drawn.
    std::function<bool()> takes_a_frame = [] { return true; };
    int descriptor = -1;  // of which the echo is turned off while the block stands; -1: none
};

// One line for each container, drawn again in place while it changes; the finished lines stay.
class LiveProgress final : public Progress {
public:
    LiveProgress(Terminal terminal, DiagnosticText diagnostic_text, Clock clock,
                 const appliance::Appliance* appliance);

    void on(const apply::Event& event) override;
    void tick() override;
    [[nodiscard]] std::chrono::milliseconds tick_interval() const override;
    void finish(Outcome outcome) override;
    void say(const std::string& text) override;

private:
    void draw();

    Terminal terminal_;
    DiagnosticText diagnostic_text_;
    Clock clock_;
    Board board_;
    LiveBlock block_;
    std::optional<EchoOff> echo_off_;
    std::optional<std::chrono::microseconds> drawn_at_;
};

}  // namespace present
