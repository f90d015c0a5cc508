#include "present/progress_live.hpp"

#include <utility>

#include "present/cells.hpp"
#include "present/powers_text.hpp"

namespace present {
namespace {

constexpr std::chrono::milliseconds spinner_step{100};
constexpr std::chrono::milliseconds least_between_drawings{40};

}  // namespace

LiveProgress::LiveProgress(Terminal terminal, DiagnosticText diagnostic_text, Clock clock,
                           const appliance::Appliance* appliance)
    : terminal_(std::move(terminal)),
      diagnostic_text_(std::move(diagnostic_text)),
      clock_(std::move(clock)),
      board_(appliance) {}

void LiveProgress::on(const apply::Event& event) {
    if (const auto* noticed = std::get_if<apply::Noticed>(&event)) {
        say(diagnostic_text_(noticed->diagnostic));
        return;
    }
    const auto* planned = std::get_if<apply::Planned>(&event);
    const std::string powers = planned != nullptr ? powers_line(*planned) : "";
    const auto now = clock_();
    board_.hear(event, now);
    if (!powers.empty()) {
        say(printable(powers) + "\n");
    }
    // A thousand events in a burst are drawn once: the next tick shows what this leaves out.
    if (!drawn_at_ || now - *drawn_at_ >= least_between_drawings) {
        draw();
    }
}

void LiveProgress::tick() { draw(); }

std::chrono::milliseconds LiveProgress::tick_interval() const { return spinner_step; }

void LiveProgress::finish(Outcome outcome) {
    const auto now = clock_();
    const Window window = terminal_.window();
    board_.finish(outcome, now);
    std::string output = block_.clear(window.columns);
    for (const ScreenLine& line : last_frame(board_.rows(now), window, terminal_.style)) {
        output += line.text;
        output += '\n';
    }
    if (!output.empty()) {
        terminal_.write(output);
    }
    echo_off_.reset();
}

void LiveProgress::draw() {
    const auto now = clock_();
    const auto rows = board_.rows(now);
    if (rows.empty() || !terminal_.takes_a_frame()) {
        return;
    }
    if (terminal_.descriptor >= 0 && !echo_off_) {
        echo_off_.emplace(terminal_.descriptor);
    }
    if (echo_off_ && EchoOff::was_continued()) {
        block_.leave();
    }
    const Window window = terminal_.window();
    const auto turn = static_cast<std::size_t>(now / spinner_step);
    terminal_.write(block_.draw(frame(rows, window, turn, terminal_.style), window.columns));
    drawn_at_ = now;
}

void LiveProgress::say(const std::string& text) {
    terminal_.write(block_.clear(terminal_.window().columns) + text);
    drawn_at_.reset();
    draw();
}

}  // namespace present
