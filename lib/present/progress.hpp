#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "apply/listener.hpp"

namespace present {

using Sink = std::function<void(std::string_view)>;
using Clock = std::function<std::chrono::microseconds()>;  // since the command began
using DiagnosticText =
    std::function<std::string(const diagnostics::Diagnostic&)>;  // with its line feed

// Tells a person what a command does while it does it.
class Progress : public apply::Listener {
public:
    enum class Outcome { reached, failed };
    // The command is over; nothing is heard after this.
    virtual void finish(Outcome outcome) = 0;
    // Prints a text as it is, above what is drawn.
    virtual void say(const std::string& text) = 0;
};

// Warnings and notes alone.
class QuietProgress final : public Progress {
public:
    QuietProgress(Sink sink, DiagnosticText diagnostic_text)
        : sink_(std::move(sink)), diagnostic_text_(std::move(diagnostic_text)) {}

    void on(const apply::Event& event) override {
        if (const auto* noticed = std::get_if<apply::Noticed>(&event)) {
            sink_(diagnostic_text_(noticed->diagnostic));
        }
    }
    void finish(Outcome) override {}
    void say(const std::string& text) override { sink_(text); }

private:
    Sink sink_;
    DiagnosticText diagnostic_text_;
};

}  // namespace present
