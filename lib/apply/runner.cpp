#include "apply/runner.hpp"

namespace apply {

std::optional<std::string> Results::made_by(plan::StepIndex step) const {
    const auto made = made_.find(step);
    return made == made_.end() ? std::nullopt
                               : std::optional(id_of(plan::ContainerRef(made->second)));
}

std::string Results::id_of(const plan::ContainerRef& container) const {
    if (const auto* created = std::get_if<plan::CreatedBy>(&container)) {
        return made_by(created->step).value_or("");
    }
    const std::string& id = std::get<std::string>(container);
    const auto other = remade_.find(id);
    return other == remade_.end() ? id : other->second;
}

}  // namespace apply
