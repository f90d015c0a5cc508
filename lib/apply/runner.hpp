#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "apply/failure.hpp"
#include "plan/step.hpp"

namespace apply {

// The containers that the steps of a plan made, by step.
class Results {
public:
    void made(plan::StepIndex step, std::string engine_id) { made_[step] = std::move(engine_id); }
    // What had one ID has another one from now on.
    void remade(const std::string& before, std::string engine_id) {
        remade_[before] = std::move(engine_id);
    }

    // None where the step made nothing.
    [[nodiscard]] std::optional<std::string> made_by(plan::StepIndex step) const;
    // Empty where the step that is to make it has made nothing.
    [[nodiscard]] std::string id_of(const plan::ContainerRef& container) const;

private:
    std::map<plan::StepIndex, std::string> made_;
    std::map<std::string, std::string> remade_;
};

// What came of a step.
struct Succeeded {
    std::string engine_id = {};  // of the container that it made
};
// A start found that the container can never start, because of what a killed engine left behind. It
// was made anew and has yet to be started.
struct Remade {
    std::string engine_id;
};
// The engine refuses it for this instance alone.
struct Refused {
    InstanceFailed::How how = InstanceFailed::How::start_refused;
    std::string message;
};
// A call that has to succeed did not.
struct Failed {
    Failure failure;
};
using Outcome = std::variant<Succeeded, Remade, Refused, Failed>;

// Carries out the actions of plans on one kind of target. It decides nothing, and knows neither the
// order of steps nor what they wait for.
class Runner {
public:
    Runner() = default;
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    virtual ~Runner() = default;

    // `done` once and never from within this call. `action` need not outlive the call; it is none
    // of those that only wait.
    virtual void begin(const plan::Action& action, const Results& results,
                       std::function<void(Outcome)> done) = 0;
};

}  // namespace apply
