#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "apply/calls.hpp"
#include "apply/network_maker.hpp"
#include "apply/runner.hpp"
#include "apply/translate.hpp"

namespace apply {

struct EngineRunnerOptions {
    const appliance::Appliance* appliance = nullptr;  // null for `down`
    const plan::Record* record = nullptr;             // the one to come; null for `down`
    CreationContext context;
    const plan::Observed* observed = nullptr;          // what was there before; null for `down`
    std::optional<std::chrono::seconds> stop_timeout;  // none: each container's own
};

// Carries out actions as calls of Docker Engine. All that it refers to must outlive it.
class EngineRunner final : public Runner {
public:
    EngineRunner(Run& run, EngineRunnerOptions options);

    void begin(const plan::Action& action, const Results& results,
               std::function<void(Outcome)> done) override;

private:
    using Done = std::function<void(Outcome)>;

    void begin(const plan::WriteRecord& action, const Results& results, const Done& done);
    void begin(const plan::CreateNetwork& action, const Results& results, const Done& done);
    void begin(const plan::CreateInstance& action, const Results& results, const Done& done);
    void begin(const plan::RestorePolicy& action, const Results& results, const Done& done);
    void begin(const plan::MarkFailed& action, const Results& results, const Done& done);
    void begin(const plan::StartInstance& action, const Results& results, const Done& done);
    void begin(const plan::ResumeInstance& action, const Results& results, const Done& done);
    void begin(const plan::StopInstance& action, const Results& results, const Done& done);
    void begin(const plan::DeleteInstance& action, const Results& results, const Done& done);
    void begin(const plan::PromoteCandidate& action, const Results& results, const Done& done);
    void begin(const plan::DeleteNetwork& action, const Results& results, const Done& done);
    void begin(const plan::DeleteVolume& action, const Results& results, const Done& done);
    // These are no calls.
    void begin(const plan::AwaitCandidate& action, const Results& results, const Done& done);
    void begin(const plan::AwaitReady& action, const Results& results, const Done& done);
    void begin(const plan::Milestone& action, const Results& results, const Done& done);

    [[nodiscard]] engine::CreateContainer wanted(const plan::CreateInstance& action) const;
    void create(const plan::CreateInstance& action, const engine::CreateContainer& container,
                const Done& done);
    void adopt(const plan::CreateInstance& action, Clock::time_point deadline, const Done& done);
    void create_instead_of(const std::string& id, const plan::CreateInstance& action,
                           const Done& done);
    void make_anew(const std::string& id, const plan::StartInstance& action, const Done& done);
    void tell_if_killed(const std::string& id, const plan::Instance& instance,
                        std::chrono::seconds took, const Done& done);
    void remove(const std::string& id, const std::string& what, Clock::time_point deadline,
                const Done& done);
    void name_who_holds(const plan::DeleteNetwork& action, const engine::Error& refusal,
                        const Done& done);

    // For calls whose answer says nothing but whether it went well.
    template <class T>
    void send(engine::Call<T> call, std::string what, const Done& done) {
        calls_.send(std::move(call), [done, what = std::move(what)](engine::Result<T> reply) {
            done(reply ? Outcome(Succeeded{}) : failed(what, std::move(reply.error())));
        });
    }
    [[nodiscard]] static Outcome failed(std::string what, engine::Error error) {
        return Failed{CallFailed{std::move(what), std::move(error)}};
    }
    // A refusal that concerns the instance alone, or a failed call.
    [[nodiscard]] static Outcome refused(InstanceFailed::How how, std::string what,
                                         engine::Error error);

    void warn(const plan::Instance& instance, const std::string& warning,
              const std::string& hint = {});
    [[nodiscard]] const appliance::Container& container(const ContainerId& id) const;
    [[nodiscard]] std::string engine_name(const plan::Instance& instance,
                                          plan::Role role = plan::Role::instance) const;

    Calls calls_;
    EngineRunnerOptions options_;
    NetworkMaker network_maker_;
    std::map<ContainerId, std::size_t> index_;  // of the container in the appliance
    std::set<std::string> warned_;
};

}  // namespace apply
