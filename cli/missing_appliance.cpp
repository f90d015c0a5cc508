#include "cli/missing_appliance.hpp"

#include <string_view>

#include <fmt/format.h>

#include "apply/commands.hpp"
#include "diagnostics/nearest.hpp"

namespace cli {

present::Problems explain(apply::Run& run, const apply::Failure& failure,
                          const present::Subject& subject) {
    present::Problems problems = present::problems_of(failure, subject);
    const auto* missing = std::get_if<apply::NoSuchAppliance>(&failure);
    if (missing == nullptr) {
        return problems;
    }
    const auto there = apply::appliance_ids(run);
    if (!there) {
        return problems;
    }
    std::vector<std::string_view> names;
    for (const appliance::ApplianceId& id : *there) {
        names.push_back(id.str());
    }
    if (const auto near = diagnostics::nearest(missing->id.str(), names)) {
        problems.front().message.hint = fmt::format("did you mean `{}`?", *near);
    }
    return problems;
}

}  // namespace cli
