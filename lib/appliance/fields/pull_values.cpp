#include "appliance/fields/pull_values.hpp"

#include <fmt/format.h>

#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"

namespace appliance {

void read_force_pull_image(const Value& value, Draft& draft, Reading& /*reading*/) {
    if (*value.as<bool>()) {
        draft.force_pull = &value;
    }
}

void read_pull_policy(const Value& value, Draft& draft, Reading& reading) {
    const std::string& text = *value.as<std::string>();
    if (text == "build") {
        reading.problems.error("`pull_policy` `build` is not supported: no image is built here",
                               value.span,
                               "build it with `docker build`, and write `never` or `missing`");
        return;
    }
    if (text == "daily" || text == "weekly" || text.starts_with("every_")) {
        reading.problems.error(
            fmt::format("`pull_policy` {} is not supported: nobody keeps the time",
                        in_backticks(text)),
            value.span, "write `always`, `missing` or `never`");
        return;
    }
    if (const auto policy = one_of(pull_policies, value, "`pull_policy`", reading.problems)) {
        draft.container.pull = *policy == "always"  ? PullPolicy::always
                               : *policy == "never" ? PullPolicy::never
                                                    : PullPolicy::missing;
    }
}

void settle_pull(const Object& object, Draft& draft, Reading& reading) {
    if (draft.force_pull == nullptr) {
        return;
    }
    if (draft.container.pull.value_or(PullPolicy::always) != PullPolicy::always) {
        const Member& policy = *find_member(object, "pull_policy");
        reading.problems.error(
            fmt::format("`force_pull_image` and `pull_policy` {} contradict each other",
                        in_backticks(*policy.value.as<std::string>())),
            policy.value.span, "keep one of the two");
        return;
    }
    draft.container.pull = PullPolicy::always;
}

}  // namespace appliance
