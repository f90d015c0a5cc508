#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plan/names.hpp"
#include "plan/observed.hpp"

namespace plan {

using StepIndex = std::size_t;

// The container that an earlier step of the plan creates.
struct CreatedBy {
    StepIndex step = 0;

    friend bool operator==(const CreatedBy&, const CreatedBy&) = default;
};
// The engine ID of a container that is there already, or the one that a step creates.
using ContainerRef = std::variant<std::string, CreatedBy>;
// Null for one that the plan creates.
[[nodiscard]] inline const std::string* existing_id(const ContainerRef& ref) {
    return std::get_if<std::string>(&ref);
}

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
// Takes the restart policy of an instance that failed: the engine does not start it again, and the
// next `up` knows that it was not a person who stopped it.
struct MarkFailed {
    Instance instance;
    std::string engine_id;
};
struct StartInstance {
    Instance instance;
    ContainerRef container;
    Role role = Role::instance;
    // What a killed engine left behind can keep a container from ever starting. One that is as the
    // document wants it is then made anew; another one cannot be.
    enum class IfSpoiled { make_anew, fail };
    IfSpoiled if_spoiled = IfSpoiled::make_anew;
};
// Lets a paused instance go on.
struct ResumeInstance {
    Instance instance;
    std::string engine_id;
};
struct StopInstance {
    Instance instance;
    ContainerRef container;
    Role role = Role::instance;
};
struct DeleteInstance {
    Instance instance;
    ContainerRef container;
    Role role = Role::instance;
};
// The candidate gets the instance's name.
struct PromoteCandidate {
    Instance instance;
    ContainerRef container;
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
    ContainerRef container;
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
    std::variant<WriteRecord, CreateNetwork, CreateInstance, RestorePolicy, MarkFailed,
                 StartInstance, ResumeInstance, StopInstance, DeleteInstance, PromoteCandidate,
                 DeleteNetwork, DeleteVolume, AwaitCandidate, AwaitReady, Milestone>;

// Of an action that is about one instance.
[[nodiscard]] std::optional<Instance> instance_of(const Action& action);

// One engine call, or one thing to wait for.
struct Step {
    Action action;
    std::string reason;  // "image changed"; empty where there is nothing to tell
    std::vector<StepIndex>
        after;  // the steps that must have ended well; each comes earlier in the plan
    // Begins even when no step may begin any more: the one before it took away what this gives
    // back.
    bool closes_gap = false;
    // Not empty: the plan goes on although the engine refuses this step, for this reason.
    std::string best_effort = {};
};

// One step of a way back. It is left out where the step that it undoes never began.
struct WayBackStep {
    Action action;
    std::optional<StepIndex> undoes;  // none: it is never left out
};

// Steps that stand or fall together: an instance that serves and the one that takes its place, or
// an instance that an update adds. When the plan fails before `commit` began, the way back leads to
// what was there before: its steps, one after the other.
struct Group {
    Instance instance;
    StepIndex commit = 0;
    std::vector<WayBackStep> way_back;
};

// An instance that is there and goes on: should it die meanwhile, that is a failure too.
struct Expectation {
    enum class State { runs, runs_and_is_healthy, succeeded };
    Instance instance;
    std::string engine_id;
    State state = State::runs;
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
    std::vector<Group> groups;
    std::vector<Expectation> expected;

    // Nothing to do at all, not even to the record. What is there may still have to get ready.
    [[nodiscard]] bool changes_nothing() const;

    StepIndex add(Action action, std::vector<StepIndex> after, std::string reason = {});
};

// The steps, one a line, with what each waits for: what tests compare.
[[nodiscard]] std::string to_text(const Plan& plan);
// The groups with their ways back, a line for each step: what tests compare.
[[nodiscard]] std::string ways_back_to_text(const Plan& plan);

}  // namespace plan
