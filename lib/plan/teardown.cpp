#include "plan/teardown.hpp"

#include "plan/removal.hpp"

namespace plan {

Plan teardown(const Observed& observed, Volumes volumes) {
    Plan plan;
    std::vector<Removal> removals;
    for (const ObservedInstance& instance : observed.instances) {
        removals.push_back({&instance, ""});
        if (instance.role == Role::instance) {
            plan.changes.push_back({Change::Kind::remove, instance.instance, ""});
        }
    }
    const std::vector<StepIndex> gone = add_removals(plan, removals, {});
    std::vector<StepIndex> before_record = gone;
    for (const ObservedNetwork& network : observed.networks) {
        before_record.push_back(plan.add(DeleteNetwork{network.id, network.name}, gone));
    }
    if (volumes == Volumes::purge) {
        for (const ObservedVolume& volume : observed.volumes) {
            before_record.push_back(plan.add(DeleteVolume{volume.name}, gone));
        }
    }
    for (const StoredRecord& record : observed.records) {
        plan.add(DeleteVolume{record.volume}, before_record);
    }
    return plan;
}

}  // namespace plan
