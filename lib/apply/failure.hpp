#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "appliance/appliance.hpp"
#include "diagnostics/source.hpp"
#include "engine/error.hpp"
#include "http/probe.hpp"
#include "plan/names.hpp"
#include "plan/status.hpp"

// Why a command did not do what it was asked. Data alone: `present` has the words.
namespace apply {

using appliance::ApplianceId;
using appliance::ContainerId;

struct NoSuchAppliance {
    ApplianceId id;
};

struct ImageUnavailable {
    // never_pulled: missing, and `--pull never`; policy_never: the same by its `pull_policy`;
    // call_failed: the engine did not say
    enum class Why { pull_failed, never_pulled, policy_never, call_failed };
    std::string image = {};
    Why why = Why::pull_failed;
    std::string message = {};      // the engine's or the registry's, of pull_failed; else empty
    diagnostics::Span where = {};  // of `image` in the document
    std::optional<engine::Error> error = std::nullopt;  // of call_failed
};

// Nothing was changed.
struct ImagesUnavailable {
    std::vector<ImageUnavailable> images;  // at least one, in document order
};

// A fixed host port that a container outside this appliance holds. Nothing was changed.
struct PortTaken {
    std::uint16_t host_port = 0;
    appliance::Protocol protocol = appliance::Protocol::tcp;
    std::string holder;  // the other container's name
    std::string holder_image;
    diagnostics::Span where;
    ApplianceId holder_appliance = {};  // whose container it is; empty: no appliance's
};

// Something that is not this appliance's has a name that it needs.
struct NameTaken {
    enum class What { container, network, volume };
    What what = What::container;
    std::string name;
};

// A container of this appliance that somebody gave another name and that still runs: a second one
// beside it would use the same data. Nothing was changed.
struct Renamed {
    std::string name;    // that it has now
    std::string wanted;  // that it had, and should have
};

// A container of this appliance is in a state that pivot has no word for. Nothing was changed.
struct UnknownState {
    std::string name;
    std::string word;  // the engine's
};

// A folder of the engine's machine that a container is to see is not there. Nothing was changed.
struct HostFolderMissing {
    std::string path;
    ContainerId container;
    diagnostics::Span where;  // of the mount in the document
};
struct HostFoldersMissing {
    std::vector<HostFolderMissing> folders;  // at least one, in document order
};

// More containers need fixed addresses than the network has.
struct SubnetTooSmall {
    std::string network;
    std::string subnet;
    int addresses = 0;  // that can be given out
    int needed = 0;
};

// A check that has not passed.
struct PendingCheck {
    ContainerId container;
    std::variant<std::string, http::ProbeTarget> asked;  // a command's line, or an address
    std::string answer;          // of its last run: what it printed, or why it failed; may be empty
    std::string engine_id = {};  // of the instance
};

// Containers that do not go with the appliance run on its network, so that it cannot go.
struct NetworkInUse {
    // before: nothing was changed yet. after: all that was to go but the network is gone.
    enum class When { before, after };
    std::string network;
    std::vector<std::string> containers;  // their names
    When when = When::after;
};

struct InstanceFailed {
    // removed: somebody took it away meanwhile.
    enum class How { exited, unhealthy, removed, start_refused, create_refused };
    plan::Instance instance;
    How how = How::exited;
    int exit_code = 0;  // of `exited`
    bool oom_killed = false;
    std::int64_t memory_limit = 0;  // bytes; 0: none, or not known
    std::string message;            // the engine's, of `start_refused` and `create_refused`
    std::vector<std::string> last_log_lines;
    diagnostics::Span where;                           // of the container in the document
    std::optional<PendingCheck> check = std::nullopt;  // of `unhealthy`
    int check_failures = 0;                            // in a row, of `unhealthy`
    int tries = 1;                                     // of a job
    // It was to replace one that runs again now (the engine may have refused: then
    // `rollback_failed`).
    enum class Rollback { none, to_come, done, failed };
    Rollback rollback = Rollback::none;
    std::vector<ContainerId> not_started = {};  // because of it, in document order
};

// The appliance did not get to its goal state.
struct NotReady {
    std::vector<InstanceFailed> failed;    // at least one
    std::vector<ContainerId> not_started;  // and need none of those, in document order
    // Whose update was taken back because of it: the old ones run again.
    std::vector<plan::Instance> taken_back = {};
    std::vector<plan::Instance> stay_new = {};  // whose update was complete before
};

// Nothing failed, and yet the last look does not show what was asked for.
struct GoalMissed {
    std::vector<plan::ContainerStatus> containers;  // at least one, in document order
};

// After `down`, this is still there.
struct NotGone {
    std::vector<std::string> names;  // of containers, networks and volumes; at least one
};

struct TimedOut {
    std::chrono::milliseconds limit{0};
    std::vector<ContainerId> unfinished;    // in document order; empty while images were pulled
    std::vector<std::string> pulling;       // images still being pulled
    std::vector<PendingCheck> checks = {};  // what some of the unfinished wait for
    std::vector<plan::Instance> rolled_back = {};  // of these the old ones run again
};

struct Interrupted {
    int signal = 0;
    bool changed = false;  // false: nothing was changed yet
};

// A `pivot down` wanted what this `up` was making.
struct TakenOver {};

// A call that had to succeed and did not.
struct CallFailed {
    std::string what;  // "create the network `pivot-shop`"
    engine::Error error;
};

using Failure =
    std::variant<NoSuchAppliance, ImagesUnavailable, PortTaken, NameTaken, Renamed, UnknownState,
                 HostFoldersMissing, SubnetTooSmall, NetworkInUse, NotReady, GoalMissed, NotGone,
                 TimedOut, Interrupted, TakenOver, CallFailed>;

}  // namespace apply
