#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "plan/names.hpp"
#include "plan/observed.hpp"

namespace plan {

struct WriteRecord {
    std::string volume;
    std::string text;
};
struct CreateNetwork {
    std::string name;
    Addresses addresses = Addresses::any;
};
struct CreateInstance {
    Instance instance;
    Role role = Role::instance;
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
    Role role = Role::instance;
};
// Lets a paused instance go on.
struct ResumeInstance {
    Instance instance;
    std::string engine_id;
};
struct StopInstance {
    Instance instance;
    std::string engine_id;
    Role role = Role::instance;
};
struct DeleteInstance {
    Instance instance;
    std::string engine_id;
    Role role = Role::instance;
};
// The candidate gets the instance's name.
struct PromoteCandidate {
    Instance instance;
    std::string engine_id;  // empty: the one that this plan creates
};
struct DeleteNetwork {
    std::string engine_id;
    std::string name;
};
struct DeleteVolume {
    std::string name;
};
// No call: the candidate is ready to take over.
struct AwaitCandidate {
    Instance instance;
    std::string engine_id;  // empty: the one that this plan creates
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

using Action =
    std::variant<WriteRecord, CreateNetwork, CreateInstance, RestorePolicy, StartInstance,
                 ResumeInstance, StopInstance, DeleteInstance, PromoteCandidate, DeleteNetwork,
                 DeleteVolume, AwaitCandidate, AwaitReady, Milestone>;

using StepIndex = std::size_t;

// One engine call, or one thing to wait for.
struct Step {
    Action action;
    std::string reason;  // "image changed"; empty where there is nothing to tell
    std::vector<StepIndex>
        after;  // the steps that must have ended well; each comes earlier in the plan
    // Begins even when no step may begin any more: the one before it took away what this gives
    // back.
    bool closes_gap = false;
};

// One thing that a plan does to an instance, as a person thinks of it.
struct Change {
    enum class Kind { create, replace, start, remove };
    Kind kind = Kind::create;
    Instance instance;
    std::string reason;
    std::vector<std::string> changed = {};  // what of it changed in the document: "image", "env"

    friend bool operator==(const Change&, const Change&) = default;
};

struct Plan {
    std::vector<Change> changes;  // in document order, removals last
    int unchanged = 0;            // instances that stay as they are
    std::vector<Step> steps;

    // Nothing to do at all, not even to the record. What is there may still have to get ready.
    [[nodiscard]] bool changes_nothing() const;

    StepIndex add(Action action, std::vector<StepIndex> after, std::string reason = {});
};

// The steps, one a line, with what each waits for: what tests compare.
[[nodiscard]] std::string to_text(const Plan& plan);

}  // namespace plan
