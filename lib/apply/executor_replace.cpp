// How the executor lets a candidate take over, and the way back.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/executor.hpp"

namespace apply {
namespace {

// Somebody may have removed it meanwhile.
bool is_done_or_gone(const engine::Result<engine::Changed>& result) {
    return result || engine::is_status(result.error(), 404);
}

}  // namespace

void Executor::begin(plan::StepIndex step, const plan::PromoteCandidate& action) {
    send(
        engine::api::rename_container(id_of(action.instance, action.engine_id),
                                      engine_name(action.instance)),
        then_ended_well<engine::Done>(
            step, fmt::format("rename `{}`", engine_name(action.instance, plan::Role::candidate))));
}

// Stop the new one, start the old one, delete the new one: in this order at no moment both are
// lost. For as long as the new one is there, the next `up` knows that there is something to put
// right.
std::vector<plan::Instance> Executor::roll_back() {
    std::vector<plan::Instance> back;
    for (const auto& [instance, replacement] : std::exchange(replacements_, {})) {
        std::string candidate = replacement.candidate_id;
        if (const auto created = created_.find(instance);
            candidate.empty() && created != created_.end()) {
            candidate = created->second;
        }
        bool good =
            candidate.empty() || is_done_or_gone(loop_.get_for_certain(engine::api::stop_container(
                                     candidate, options_.stop_timeout)));
        if (!replacement.old_id.empty()) {
            good = loop_.get_for_certain(engine::api::start_container(replacement.old_id))
                       .has_value() &&
                   good;
        }
        if (good && !candidate.empty()) {
            good = is_done_or_gone(loop_.get_for_certain(engine::api::remove_container(candidate)));
        }
        casualties_.rolled_back(
            instance, good ? InstanceFailed::Rollback::done : InstanceFailed::Rollback::failed);
        if (good) {
            back.push_back(instance);
        }
    }
    return back;
}

}  // namespace apply
