#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apply/failure.hpp"
#include "apply/run.hpp"

namespace apply {

// An instance that ended, or never came to run.
struct Casualty {
    InstanceFailed failure;
    std::string engine_id;  // empty where it could not even be created
    std::optional<int> exit_code =
        std::nullopt;           // where an event told it; else the engine is asked
    bool keep_running = false;  // it served before, and still does in its way
};

// The casualties of a command, and what there is to say of each: exit code, memory, last log lines.
// Asked for at once, because the engine may start it again and forget. Best effort: what cannot be
// had stays empty.
class Casualties {
public:
    explicit Casualties(Run& run) : run_(run), state_(std::make_shared<State>()) {}

    void add(Casualty casualty);
    [[nodiscard]] bool empty() const { return state_->list.empty(); }
    [[nodiscard]] bool complete() const {
        return state_->open_questions == 0;
    }  // every answer is there
    [[nodiscard]] std::vector<InstanceFailed> failures() const;

    void rolled_back(const plan::Instance& instance, InstanceFailed::Rollback how);

    // Ends the restarting of containers that failed and marks them so: stopped, with the restart
    // policy `no`. They stay for inspection; the next `up` gives their policy back. Waits, for as
    // long as the run may. Best effort.
    void lay_to_rest(std::optional<std::chrono::seconds> stop_timeout);  // none: each one's own

private:
    struct State {
        std::deque<Casualty> list;  // answers refer to its elements
        int open_questions = 0;
    };

    Run& run_;
    std::shared_ptr<State>
        state_;  // shared with answers that may come when nobody wants them any more
};

}  // namespace apply
