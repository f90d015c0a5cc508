#include "cli/scale.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "appliance/fields/container_values.hpp"
#include "appliance/read.hpp"
#include "diagnostics/nearest.hpp"

namespace cli {
namespace {

present::Problem mistake(std::string headline, std::string hint) {
    present::Problem problem;
    problem.message.headline = std::move(headline);
    problem.message.hint = std::move(hint);
    return problem;
}

present::Problem unknown(const std::string& name, const appliance::Appliance& appliance) {
    std::vector<std::string_view> names;
    for (const appliance::Container& container : appliance.containers) {
        names.push_back(container.id.str());
    }
    const auto near = diagnostics::nearest(name, names);
    return mistake(fmt::format("--scale: no container is called `{}`", name),
                   near ? fmt::format("did you mean `{}`?", *near)
                        : "the document's containers can be scaled");
}

// What is told in the words of the command line: the document says nothing of it.
std::optional<present::Problem> mistake_in(const Scale& wanted,
                                           const appliance::Appliance& appliance) {
    const auto& containers = appliance.containers;
    const auto found = std::find_if(containers.begin(), containers.end(),
                                    [&](const appliance::Container& container) {
                                        return container.id.str() == wanted.container;
                                    });
    if (found == containers.end()) {
        return unknown(wanted.container, appliance);
    }
    if (found->type == appliance::ContainerType::job) {
        return mistake(fmt::format("--scale: `{}` is a job", found->id),
                       "only services have several instances");
    }
    if (wanted.instances > appliance::most_instances) {
        return mistake(
            fmt::format("--scale: {} instances of `{}` are too many", wanted.instances, found->id),
            fmt::format("the most is {}", appliance::most_instances));
    }
    return std::nullopt;
}

// What the document may not say either.
present::Problems mistakes_in(const appliance::ReadResult& read,
                              const diagnostics::Source& source) {
    present::Problems mistakes;
    for (const diagnostics::Diagnostic& found : read.diagnostics) {
        if (found.severity == diagnostics::Severity::error) {
            present::Problem problem = mistake("--scale: " + found.message, found.hint);
            if (found.where) {
                problem.message.place = source.place(*found.where);
                problem.where = present::location(*found.where, source);
            }
            mistakes.push_back(std::move(problem));
        }
    }
    return mistakes;
}

}  // namespace

present::Problems apply_scales(Document& document, const std::vector<Scale>& scales) {
    present::Problems mistakes;
    appliance::InstanceCounts counts;
    for (const Scale& wanted : scales) {
        if (auto wrong = mistake_in(wanted, document.appliance)) {
            mistakes.push_back(std::move(*wrong));
        }
        counts[wanted.container] = fmt::format("{}", wanted.instances);
    }
    if (!mistakes.empty() || scales.empty()) {
        return mistakes;
    }
    // Read once more, with the numbers in it: one set of rules for both.
    appliance::ReadResult read = appliance::read(document.source, counts);
    if (read.appliance) {
        document.appliance = std::move(*read.appliance);
    }
    return mistakes_in(read, document.source);
}

}  // namespace cli
