#include "cli/scale.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "appliance/container_values.hpp"
#include "diagnostics/nearest.hpp"

namespace cli {
namespace {

present::Message mistake(std::string headline, std::string hint) {
    present::Message message;
    message.headline = std::move(headline);
    message.hint = std::move(hint);
    return message;
}

present::Message unknown(const std::string& name, const appliance::Appliance& appliance) {
    std::vector<std::string_view> names;
    for (const appliance::Container& container : appliance.containers) {
        names.push_back(container.id.str());
    }
    const auto near = diagnostics::nearest(name, names);
    return mistake(fmt::format("--scale: no container is called `{}`", name),
                   near ? fmt::format("did you mean `{}`?", *near)
                        : "the document's containers can be scaled");
}

std::optional<present::Message> scale(appliance::Container& container, int instances,
                                      const diagnostics::Source& source) {
    if (container.type == appliance::ContainerType::job) {
        return mistake(fmt::format("--scale: `{}` is a job", container.id),
                       "only services have several instances");
    }
    if (instances > appliance::most_instances) {
        return mistake(
            fmt::format("--scale: {} instances of `{}` are too many", instances, container.id),
            fmt::format("the most is {}", appliance::most_instances));
    }
    if (instances > 1) {
        for (const appliance::Port& port : container.ports) {
            const bool fixed =
                port.host_port != 0 || container.network_mode == appliance::NetworkMode::host;
            if (fixed) {
                present::Message message =
                    mistake(fmt::format("--scale: {} instances of `{}` cannot share one host port",
                                        instances, container.id),
                            "leave out `host_port` and the engine picks a free one for each");
                message.place = source.place(port.where);
                return message;
            }
        }
    }
    container.instances = instances;
    return std::nullopt;
}

}  // namespace

std::vector<present::Message> apply_scales(Document& document, const std::vector<Scale>& scales) {
    std::vector<present::Message> mistakes;
    auto& containers = document.appliance.containers;
    for (const Scale& wanted : scales) {
        const auto found = std::find_if(containers.begin(), containers.end(),
                                        [&](const appliance::Container& container) {
                                            return container.id.str() == wanted.container;
                                        });
        if (found == containers.end()) {
            mistakes.push_back(unknown(wanted.container, document.appliance));
        } else if (auto wrong = scale(*found, wanted.instances, document.source)) {
            mistakes.push_back(std::move(*wrong));
        }
    }
    return mistakes;
}

}  // namespace cli
