#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <queue>
#include <vector>

#include "plan/step.hpp"

namespace apply {

// Which steps of a plan may begin, by what they wait for and by how much the engine does well at
// once. Pure.
class Schedule {
public:
    // The engine's throughput is flat beyond this many creates, or starts, at a time.
    static constexpr std::size_t at_once = 8;

    explicit Schedule(const plan::Plan& plan, std::size_t stops_at_once = at_once);

    // A step to begin now, which counts as in flight from here on; none for the moment. Once no
    // more may begin, only those that give back what another took away.
    [[nodiscard]] std::optional<plan::StepIndex> next();
    void ended_well(plan::StepIndex step);
    void failed(plan::StepIndex step);

    void begin_no_more() { stopped_ = true; }
    // Starts wait until somebody watches what becomes of them.
    void hold_starts(bool hold) { hold_starts_ = hold; }

    // No call is on its way; nobody waits for what is only awaited once no more may begin.
    [[nodiscard]] bool idle() const { return in_flight_ == busy_[waits]; }
    [[nodiscard]] bool complete() const { return ended_well_ == done_.size(); }
    [[nodiscard]] bool over() const { return complete() || (stopped_ && idle()); }
    [[nodiscard]] bool is_done(plan::StepIndex step) const { return done_[step]; }

private:
    enum Lane : std::size_t { creates, starts, stops, waits, others, lanes };

    static Lane lane_of(const plan::Action& action);
    [[nodiscard]] std::optional<plan::StepIndex> next_that_closes_a_gap();
    void end(plan::StepIndex step);

    const plan::Plan& plan_;
    std::array<std::size_t, lanes> limits_;
    std::vector<std::vector<plan::StepIndex>> dependents_;
    std::vector<std::size_t> missing_;  // how many steps each still waits for
    std::vector<bool> done_;
    std::array<std::priority_queue<plan::StepIndex, std::vector<plan::StepIndex>, std::greater<>>,
               lanes>
        ready_;
    std::array<std::size_t, lanes> busy_{};
    std::size_t in_flight_ = 0;
    std::size_t ended_well_ = 0;
    bool stopped_ = false;
    bool hold_starts_ = false;
};

}  // namespace apply
