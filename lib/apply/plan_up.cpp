#include <utility>

#include "apply/commands.hpp"
#include "apply/images.hpp"
#include "apply/observe.hpp"
#include "apply/preflight.hpp"

namespace apply {

tl::expected<Planning, Failure> plan_up(Run& run, const appliance::Appliance& appliance,
                                        const UpOptions& options) {
    ImageLookUp look_up(run, images_of(appliance));
    auto view = look_at_everything(run, cpus_wanted(appliance));
    auto images = look_up.wait();
    if (!images) {
        return tl::unexpected(std::move(images.error()));
    }
    if (!view) {
        return tl::unexpected(std::move(view.error()));
    }
    const plan::Observed observed = observed_in(*view, appliance.id);
    auto to_pull = images_to_pull(appliance, images->images, options);
    if (!to_pull) {
        return tl::unexpected(std::move(to_pull.error()));
    }
    Planning planning;
    planning.images_to_pull = std::move(*to_pull);
    planning.plan =
        plan::reconcile({appliance, ids_of(images->images)}, observed, options.reconcile);
    if (!planning.plan.changes_nothing()) {
        auto checked = preflight(*view, observed, appliance, planning.plan, images->images);
        if (!checked) {
            return tl::unexpected(std::move(checked.error()));
        }
        planning.notices = std::move(checked->warnings);
    }
    return planning;
}

}  // namespace apply
