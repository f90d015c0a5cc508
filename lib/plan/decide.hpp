#pragma once

#include <string>
#include <vector>

#include "plan/reconcile.hpp"
#include "plan/removal.hpp"

namespace plan {

// What has to happen to one instance of the document.
struct Decision {
    enum class Kind { leave, create, replace, start, resume };
    Kind kind = Kind::leave;
    Instance instance;
    const ObservedInstance* observed = nullptr;  // none to create
    std::string reason;
};

struct Decisions {
    std::vector<std::vector<Decision>>
        containers;                  // as the document has them, each with its instances
    std::vector<Removal> leftovers;  // what the document no longer has
    Record record;
    std::string network_id;  // of the network to keep; empty where there is none
};

// The first half of reconciling: what, and why. The second, in which order, is `reconcile`'s.
[[nodiscard]] Decisions decide(const Desired& desired, const Observed& observed,
                               const ReconcileOptions& options);

}  // namespace plan
