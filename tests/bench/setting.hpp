#pragma once

#include <map>
#include <optional>
#include <string>

#include "bench/measure.hpp"
#include "bench/shape.hpp"

namespace bench {

struct Programs {
    std::string pivot;
    std::string bare;
    std::string measured;
    std::string stand_in;
    std::string compose;  // empty: none
};

// Where rows are measured: an engine, the programs, a folder for documents and scripts.
class Setting {
public:
    Setting(Programs programs, std::string socket, std::string folder, int runs);

    [[nodiscard]] const Programs& programs() const { return programs_; }
    [[nodiscard]] const Stopwatch& stopwatch() const { return stopwatch_; }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] int runs() const { return runs_; }
    [[nodiscard]] bool has_compose() const { return !programs_.compose.empty(); }
    // The same on another engine.
    [[nodiscard]] Setting at(const std::string& socket) const;

    // Writes both documents of a shape.
    void write(const Shape& shape) const;
    // Why pivot refuses the document; empty: it does not.
    [[nodiscard]] std::string refusal(const Shape& shape) const;

    [[nodiscard]] std::string document(const Shape& shape) const;
    [[nodiscard]] Command pivot(const Command& words) const;
    [[nodiscard]] Command up(const Shape& shape, const Command& options = {}) const;
    [[nodiscard]] Command down(const Shape& shape) const;
    [[nodiscard]] Command compose(const Shape& shape, const Command& words) const;

    // Runs pivot once and makes a script of what it asked the engine; gives the command that makes
    // the same calls.
    [[nodiscard]] Command bare_of(const Command& pivot_command, const Shape& shape) const;

    [[nodiscard]] std::string engine_version() const;
    // Until the engine no longer calls a container of the shape just started: pivot looks closer
    // at those.
    void wait_until_all_run_for_long() const;

private:
    [[nodiscard]] std::string get(const std::string& target) const;
    [[nodiscard]] std::map<std::string, std::string> names() const;  // by ID

    Programs programs_;
    std::string socket_;
    std::string folder_;
    int runs_;
    Stopwatch stopwatch_;
};

}  // namespace bench
