#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apply/listener.hpp"
#include "present/progress.hpp"

namespace present {

// A container on the board: what it does now, or what became of it.
struct BoardRow {
    enum class Mark { working, waiting, done, failed, unfinished };
    std::string name;
    Mark mark = Mark::waiting;
    std::string doing;
    std::chrono::microseconds time{0};  // since the command began, up to its end where it has one

    friend bool operator==(const BoardRow&, const BoardRow&) = default;
};

// What each container of a command is doing, put together from the command's events. Knows no
// terminal.
class Board {
public:
    using Time = std::chrono::microseconds;  // since the command began

    explicit Board(const appliance::Appliance* appliance) : appliance_(appliance) {}

    void hear(const apply::Event& event, Time now);
    void finish(Progress::Outcome outcome, Time now);

    // The containers that the command touches, in the order of the plan, then others whose checks
    // it waits for. After `finish` this works
    // without the plan, which is gone by then.
    [[nodiscard]] std::vector<BoardRow> rows(Time now) const;

private:
    enum class StepState { ahead, running, ended };
    enum class Fate { open, done, failed, unfinished };
    struct Line {
        appliance::ContainerId id;
        std::vector<plan::StepIndex> steps;
        bool is_job = false;
        std::string_view becomes;  // "started", once all is well
        std::string check;         // what its check says, as long as it fails
        std::size_t left = 0;      // of the steps
        bool has_run = false;      // it is started, by one of the steps or before
        Fate fate = Fate::open;
        Time ended{0};
    };
    struct Pull {
        std::int64_t current = 0, total = 0;
    };

    void plan_is_known(const plan::Plan& plan);
    void add_lines(const plan::Plan& plan);
    void check_failed(const apply::PendingCheck& check);
    void step_is(const plan::Step& step, StepState state, Time now);
    void end_await(const appliance::ContainerId& container, Time now);
    [[nodiscard]] std::vector<BoardRow> pulling_rows(Time now) const;
    [[nodiscard]] BoardRow row(const Line& line, Time now) const;
    [[nodiscard]] std::string what_it_does(const Line& line) const;
    [[nodiscard]] static std::string_view what_it_did_not_become(const Line& line);
    [[nodiscard]] std::string what_it_waits_for(const Line& line) const;

    const appliance::Appliance* appliance_;
    const plan::Plan* plan_ = nullptr;
    std::vector<StepState> states_;
    std::vector<Line> lines_;
    std::map<appliance::ContainerId, std::size_t> index_;  // of lines_
    std::string waiting_;                                  // for another pivot; empty: no
    std::map<std::string, Pull> pulls_;                    // under way
};

}  // namespace present
