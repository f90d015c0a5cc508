#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "appliance/appliance.hpp"
#include "apply/failure.hpp"
#include "diagnostics/diagnostic.hpp"
#include "plan/step.hpp"

namespace apply {

using Duration = std::chrono::microseconds;

struct Noticed {  // a warning or note found on the way; its place is in the document
    diagnostics::Diagnostic diagnostic;
};
// Another pivot is at this appliance: it is waited for. Both 0 where the system does not tell.
struct WaitingForOther {
    int pid = 0;
    unsigned uid = 0;
};
struct PullBegan {
    std::string image;
};
struct PullAdvanced {
    std::string image;
    std::int64_t current = 0, total = 0;  // bytes over all layers known so far
};
struct PullEnded {
    std::string image;
    Duration took{0};
};
// Steps are about to be taken. `appliance` is null for `down`. Both are there while events come.
struct Planned {
    const plan::Plan* plan = nullptr;
    const appliance::Appliance* appliance = nullptr;
};
struct StepBegan {
    const plan::Step* step = nullptr;
};
struct StepEnded {  // well
    const plan::Step* step = nullptr;
    Duration took{0};
};
struct ContainerReady {
    appliance::ContainerId container;
};
struct CheckFailed {  // and will be tried again
    PendingCheck check;
};
struct ContainerFailed {
    appliance::ContainerId container;
};

using Event = std::variant<Noticed, WaitingForOther, PullBegan, PullAdvanced, PullEnded, Planned,
                           StepBegan, StepEnded, ContainerReady, CheckFailed, ContainerFailed>;

// Hears what happens while it happens. Called on the one thread there is; must not throw.
class Listener {
public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener() = default;

    virtual void on(const Event& event) = 0;
    // Called about every `tick_interval` while something is awaited, to redraw; zero: never.
    virtual void tick() {}
    [[nodiscard]] virtual std::chrono::milliseconds tick_interval() const {
        return std::chrono::milliseconds{0};
    }
};

// For commands that show no progress.
class SilentListener final : public Listener {
public:
    void on(const Event& /*event*/) override {}
};

}  // namespace apply
