#include "plan/aftermath.hpp"

#include <utility>

namespace plan {

std::vector<StoredRecord> records_after(const Observed& observed, const Plan& plan,
                                        const ApplianceId& appliance) {
    std::vector<StoredRecord> records = observed.records;
    for (const Step& step : plan.steps) {
        const auto* write = std::get_if<WriteRecord>(&step.action);
        const auto revision =
            write == nullptr ? std::nullopt : record_revision(appliance, write->volume);
        if (revision && (records.empty() || records.back().revision < *revision)) {
            records.push_back({write->volume, *revision, write->text});
        }
    }
    return records;
}

Plan aftermath(const ApplianceId& appliance, const Record& record,
               const std::vector<StoredRecord>& records,
               const std::vector<FailedInstance>& failed) {
    Plan plan;
    const std::uint64_t last = records.empty() ? 0 : records.back().revision;
    const StepIndex written =
        plan.add(WriteRecord{record_name(appliance, last + 1), to_text(record)}, {});
    for (const StoredRecord& stored : records) {
        plan.add(DeleteVolume{stored.volume}, {written});
    }
    for (const FailedInstance& one : failed) {
        const StepIndex stopped = plan.add(StopInstance{one.instance, one.engine_id}, {written});
        plan.add(MarkFailed{one.instance, one.engine_id}, {stopped});
    }
    return plan;
}

}  // namespace plan
