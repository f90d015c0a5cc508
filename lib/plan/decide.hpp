#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "plan/hosts.hpp"
#include "plan/reconcile.hpp"
#include "plan/removal.hpp"

namespace plan {

// What has to happen to one instance of the document.
struct Decision {
    enum class Kind {
        leave,
        create,
        replace,  // it serves: its candidate takes over when it is ready
        finish,   // the same, and the candidate is there already: an earlier `up` was ended
        renew,    // nothing serves that could be lost: it is deleted and made anew
        start,
        resume,
    };
    Kind kind = Kind::leave;
    Instance instance;
    const ObservedInstance* observed = nullptr;   // none to create
    const ObservedInstance* candidate = nullptr;  // to finish
    std::string reason;
    std::vector<std::string> changed = {};  // as in Change
    bool done = false;                      // a job that succeeded: nothing to wait for
};

inline constexpr const char* update_unfinished = "its update was not finished";
// Never carried out: before it changes anything, `up` says what it does not know.
inline constexpr const char* unknown_state = "is in a state that pivot does not know";

// What an `up` that was ended left half done, to be put right before anything else.
struct Repair {
    enum class Kind {
        take_back,  // the candidate is not what is wanted now: the old one serves again
        drop,       // the same, but the old one cannot start any more: it is made anew
        promote,    // the old one is gone: the candidate gets its name
    };
    Kind kind = Kind::promote;
    const ObservedInstance* candidate = nullptr;
    const ObservedInstance* original = nullptr;  // none to promote
};

struct Decisions {
    std::vector<std::vector<Decision>>
        containers;                  // as the document has them, each with its instances
    std::vector<Repair> repairs;     // what is put right first; `containers` says what follows
    std::vector<Removal> leftovers;  // what the document no longer has
    Record record;
    HostTable hosts;
    std::string network_id;                     // of the network to keep; empty where there is none
    std::deque<ObservedInstance> after_repair;  // what decisions refer to
};

// The first half of reconciling: what, and why. The second, in which order, is `reconcile`'s.
[[nodiscard]] Decisions decide(const Desired& desired, const Observed& observed,
                               const ReconcileOptions& options);

}  // namespace plan
