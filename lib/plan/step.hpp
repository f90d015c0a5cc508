#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "plan/names.hpp"

namespace plan {

struct WriteRecord {
    std::string volume;
    std::string text;
};
struct CreateNetwork {
    std::string name;
};
struct CreateInstance {
    Instance instance;
};
// Gives an instance its restart policy back: an `up` that failed may have taken it (its mark of
// failure).
struct RestorePolicy {
    Instance instance;
    std::string engine_id;
};
struct StartInstance {
    Instance instance;
    std::string engine_id;  // empty: the one that this plan creates
};
// Lets a paused instance go on.
struct ResumeInstance {
    Instance instance;
    std::string engine_id;
};
struct StopInstance {
    Instance instance;
    std::string engine_id;
};
struct DeleteInstance {
    Instance instance;
    std::string engine_id;
};
struct DeleteNetwork {
    std::string engine_id;
    std::string name;
};
struct DeleteVolume {
    std::string name;
};
// No call: the container is ready for those that need it.
struct AwaitReady {
    ContainerId container;
};
// No call: a point that many steps wait for. What cannot be created is known before the first start
// (`created`); what is no longer wanted goes when the rest is there (`ready`).
struct Milestone {
    enum class Point { created, ready };
    Point point = Point::created;
};

using Action = std::variant<WriteRecord, CreateNetwork, CreateInstance, RestorePolicy,
                            StartInstance, ResumeInstance, StopInstance, DeleteInstance,
                            DeleteNetwork, DeleteVolume, AwaitReady, Milestone>;

using StepIndex = std::size_t;

// One engine call, or one thing to wait for.
struct Step {
    Action action;
    std::string reason;  // "image changed"; empty where there is nothing to tell
    std::vector<StepIndex>
        after;  // the steps that must have ended well; each comes earlier in the plan
};

// One thing that a plan does to an instance, as a person thinks of it.
struct Change {
    enum class Kind { create, replace, start, remove };
    Kind kind = Kind::create;
    Instance instance;
    std::string reason;

    friend bool operator==(const Change&, const Change&) = default;
};

struct Plan {
    std::vector<Change> changes;  // in document order, removals last
    int unchanged = 0;            // instances that stay as they are
    std::vector<Step> steps;

    // Nothing to do at all: not even the record is touched.
    [[nodiscard]] bool empty() const { return steps.empty(); }

    StepIndex add(Action action, std::vector<StepIndex> after, std::string reason = {});
};

// The steps, one a line, with what each waits for: what tests compare.
[[nodiscard]] std::string to_text(const Plan& plan);

}  // namespace plan
