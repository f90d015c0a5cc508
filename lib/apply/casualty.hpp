#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "apply/calls.hpp"
#include "apply/failure.hpp"
#include "plan/aftermath.hpp"
#include "plan/record.hpp"

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
    explicit Casualties(Run& run) : calls_(run) {}

    void add(Casualty casualty);
    [[nodiscard]] bool empty() const { return list_.empty(); }
    [[nodiscard]] bool complete() const { return open_questions_ == 0; }  // every answer is there
    [[nodiscard]] std::vector<InstanceFailed> failures() const;

    void rolled_back(const plan::Instance& instance, InstanceFailed::Rollback how);
    // What `rolled_back` said since `failures` gave these.
    void copy_rollbacks(std::vector<InstanceFailed>& failures) const;

    // What is to be stopped and marked as failed: the engine would start it again and again. It
    // stays for inspection; the next `up` gives its policy back.
    [[nodiscard]] std::vector<plan::FailedInstance> to_mark() const;
    // For the record: `status` tells it for as long as the instance does not run.
    [[nodiscard]] std::vector<plan::RecordedFailure> causes() const;

private:
    enum class Look { first, last };
    void inspect(Casualty& casualty, Look look);

    Calls calls_;
    std::deque<Casualty> list_;  // answers refer to its elements
    int open_questions_ = 0;
};

}  // namespace apply
