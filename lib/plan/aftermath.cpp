#include "plan/aftermath.hpp"

#include <utility>

namespace plan {

Plan aftermath(WriteRecord record, const std::vector<std::string>& superseded,
               const std::vector<FailedInstance>& failed) {
    Plan plan;
    const StepIndex written = plan.add(std::move(record), {});
    for (const std::string& volume : superseded) {
        plan.add(DeleteVolume{volume}, {written});
    }
    for (const FailedInstance& one : failed) {
        const StepIndex stopped = plan.add(StopInstance{one.instance, one.engine_id}, {written});
        plan.add(MarkFailed{one.instance, one.engine_id}, {stopped});
    }
    return plan;
}

}  // namespace plan
