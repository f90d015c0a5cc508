#pragma once

#include <map>
#include <set>
#include <string>

#include "apply/executor.hpp"
#include "apply/run.hpp"
#include "plan/observed.hpp"

// The look at the engine with which an `up` ends.
namespace apply {

// What an `up` saw itself, by engine ID: it need not ask again.
struct Watched {
    std::set<std::string> ready;
    std::map<std::string, std::string> unpassed;  // what the checks said that did not pass
};

// `timed_out`: null where the time limit did not end it.
[[nodiscard]] Watched watched_by(const Executor& executor, const plan::Plan& plan,
                                 const plan::Observed& before, const TimedOut* timed_out);

// Waits for up to 5 s for jobs that ended and still seem to run: the engine tells of a job's end up
// to seconds before its lists do.
[[nodiscard]] tl::expected<plan::Observed, Failure> look_at_the_end(Run& run, const ApplianceId& id,
                                                                    const Watched& watched);

void add_watched(plan::Observed& observed, const Watched& watched);

}  // namespace apply
