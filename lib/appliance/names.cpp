#include "appliance/names.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "appliance/object_reader.hpp"
#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "diagnostics/nearest.hpp"
#include "json/number.hpp"

namespace appliance {
namespace {

std::optional<std::int64_t> instances_of(const Object& container) {
    const Member* instances = find_member(container, "instances");
    if (instances == nullptr) {
        return 1;
    }
    const Number* number = instances->value.as<Number>();
    return number == nullptr ? std::nullopt : json::to_whole(number->text);
}

// Also under a key that was to be `id`: what names it is right then.
const Member* id_of(const Object& container) {
    const Member* id = find_member(container, "id");
    return id != nullptr ? id : find_meant(container, "id", "container");
}

}  // namespace

std::optional<InstanceName> as_instance_name(std::string_view name) {
    const std::size_t dash = name.rfind('-');
    if (dash == std::string_view::npos || dash == 0) {
        return std::nullopt;
    }
    const std::string_view digits = name.substr(dash + 1);
    if (digits.empty() || digits.size() > 9 || digits.front() == '0') {
        return std::nullopt;
    }
    InstanceName result{name.substr(0, dash)};
    const char* const end = digits.data() + digits.size();
    return std::from_chars(digits.data(), end, result.number).ptr == end ? std::optional(result)
                                                                         : std::nullopt;
}

Names::Names(const Array& containers) : ids_(containers.size()) {
    for (std::size_t index = 0; index < containers.size(); ++index) {
        const Object* container = containers[index].as<Object>();
        const Member* id = container == nullptr ? nullptr : id_of(*container);
        const std::string* text = id == nullptr ? nullptr : id->value.as<std::string>();
        if (text != nullptr) {
            ids_[index] = *text;
            by_id_.emplace(*text, containers_.size());
            by_lower_case_.emplace(base::in_lower_case(*text), containers_.size());
            containers_.push_back(
                {index, *text, instances_of(*container), id->value.span, container});
        }
    }
}

const NamedContainer* Names::find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &containers_[found->second];
}

const NamedContainer* Names::find_on_network(std::string_view name) const {
    const std::string lower = base::in_lower_case(name);
    if (const auto found = by_lower_case_.find(lower); found != by_lower_case_.end()) {
        return &containers_[found->second];
    }
    const auto instance = as_instance_name(lower);
    const auto found =
        instance ? by_lower_case_.find(std::string(instance->container)) : by_lower_case_.end();
    const bool is_instance = found != by_lower_case_.end() &&
                             containers_[found->second].instances.value_or(0) >= instance->number;
    return is_instance ? &containers_[found->second] : nullptr;
}

std::optional<std::string_view> Names::nearest(std::string_view id) const {
    return diagnostics::nearest(id, ids_);
}

void Names::check_collisions(const diagnostics::Source& source, Problems& problems) const {
    // The engine's DNS does not tell letter cases apart.
    std::map<std::string, const NamedContainer*> on_network;
    for (const NamedContainer& container : containers_) {
        const auto [place, is_new] =
            on_network.emplace(base::in_lower_case(container.id), &container);
        const NamedContainer& first = *place->second;
        if (!is_new && first.id == container.id) {
            problems.error(
                fmt::format("another container is called {} already", in_backticks(container.id)),
                container.where,
                fmt::format("it is in line {}: give one of them another `id`",
                            source.line_number(first.where.begin)));
        } else if (!is_new) {
            problems.error(fmt::format("{} and {} are one name on the network",
                                       in_backticks(first.id), in_backticks(container.id)),
                           container.where, "letter case does not count there: rename one of them");
        }
    }
    for (const auto& [name, container] : on_network) {
        const auto instance = as_instance_name(name);
        const auto base =
            instance ? on_network.find(std::string(instance->container)) : on_network.end();
        if (base != on_network.end() && base->second->instances.value_or(0) >= instance->number) {
            problems.error(
                fmt::format("{} is also the name of instance {} of {}", in_backticks(container->id),
                            instance->number, in_backticks(base->second->id)),
                container->where, "rename one of the two containers");
        }
    }
}

}  // namespace appliance
