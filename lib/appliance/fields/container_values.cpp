#include "appliance/fields/container_values.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "appliance/fields/id_value.hpp"
#include "appliance/fields/image_name.hpp"
#include "appliance/fields/port_fields.hpp"
#include "appliance/fields/resources_fields.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"

namespace appliance {
namespace {

void report_unknown_dependency(const Value& entry, Reading& reading) {
    if (reading.problems.full()) {
        return;
    }
    const std::string& id = *entry.as<std::string>();
    std::string hint = "`dependencies` lists ids of containers of this appliance";
    const auto instance = as_instance_name(id);
    if (instance && reading.names.find(instance->container) != nullptr) {
        hint = fmt::format("a dependency is on all instances: write {}",
                           in_backticks(instance->container));
    } else if (const auto meant = reading.names.nearest(id)) {
        hint = fmt::format("did you mean `{}`?", *meant);
    }
    reading.problems.error(fmt::format("no container is called {}", in_backticks(id)), entry.span,
                           hint);
}

}  // namespace

void read_id(const Value& value, Draft& draft, Reading& reading) {
    if (auto id = read_valid_id(value, reading.problems)) {
        draft.container.id = ContainerId(*std::move(id));
    }
}

void read_type(const Value& value, Draft& draft, Reading& reading) {
    const auto type = one_of(container_types, value, "`type`", reading.problems);
    draft.type_is_known = type.has_value();
    draft.container.type = type == "job" ? ContainerType::job : ContainerType::service;
}

void read_image(const Value& value, Draft& draft, Reading& reading) {
    const std::string& name = *value.as<std::string>();
    draft.container.image_where = value.span;
    if (const auto fault = fault_of_image_name(name)) {
        reading.problems.error(fault->message, value.span, fault->hint);
        return;
    }
    draft.container.image = name;
}

void read_resources(const Value& value, Draft& draft, Reading& reading) {
    read_object(*value.as<Object>(), "resources", resources_fields(),
                {"`resources`", "", value.span}, draft.container.resources, reading);
    const Member* gpu = find_member(*value.as<Object>(), "gpu");
    const Member* gpus = find_member(*value.as<Object>(), "gpus");
    if (gpu != nullptr && gpus != nullptr) {
        const Member& later = gpu->key_span.begin < gpus->key_span.begin ? *gpus : *gpu;
        reading.problems.error("`gpu` and `gpus` are the same", later.key_span,
                               "keep one of the two");
    }
}

void read_instances(const Value& value, Draft& draft, Reading& reading) {
    const auto number = whole_in_range(
        value, "`instances`", {0, most_instances},
        "`1` is the default, and `0` keeps the container without any", reading.problems);
    draft.container.instances = static_cast<int>(number.value_or(1));
}

void read_network_mode(const Value& value, Draft& draft, Reading& reading) {
    const auto mode =
        one_of(network_modes, value, "`network_mode`", reading.problems, LetterCase::any);
    if (mode == "bridge") {
        draft.container.network_mode = NetworkMode::bridge;
    } else if (mode == "host") {
        draft.container.network_mode = NetworkMode::host;
    }
}

void read_ports(const Value& value, Draft& draft, Reading& reading) {
    draft.container.ports = read_port_list(*value.as<Array>(), reading);
}

void read_dependencies(const Value& value, Draft& draft, Reading& reading) {
    std::map<std::string_view, Span> seen;
    for (const Value& entry : *value.as<Array>()) {
        if (check_type(JsonType::string, entry, "an entry of `dependencies`",
                       "write the id of a container", reading.problems) == Fits::no) {
            continue;
        }
        const std::string& id = *entry.as<std::string>();
        const auto [first, is_new] = seen.emplace(id, entry.span);
        if (!is_new) {
            reading.problems.error(fmt::format("{} is listed twice", in_backticks(id)), entry.span,
                                   "remove one of the two");
        } else if (const NamedContainer* container = reading.names.find(id)) {
            draft.links.dependencies.push_back({container->index, entry.span});
        } else {
            report_unknown_dependency(entry, reading);
        }
    }
}

}  // namespace appliance
