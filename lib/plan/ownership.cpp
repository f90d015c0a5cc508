#include "plan/ownership.hpp"

#include <charconv>

namespace plan {
namespace {

// The name that goes with the labels of a container, as an instance or as a candidate.
bool is_name_of_labels(const ApplianceId& appliance, std::string_view name, const Labels& labels) {
    Instance instance;
    instance.container = ContainerId(label_of(labels, label::container));
    const std::string number = label_of(labels, label::instance);
    const char* const end = number.data() + number.size();
    const auto parsed = std::from_chars(number.data(), end, instance.number);
    return parsed.ec == std::errc{} && parsed.ptr == end && instance.number > 0 &&
           is_id(instance.container.str()) &&
           name == engine_name(appliance, instance, role_of(name));
}

}  // namespace

std::string label_of(const Labels& labels, const char* name) {
    const auto found = labels.find(name);
    return found == labels.end() ? std::string() : found->second;
}

bool owns(const ApplianceId& appliance, ObjectKind kind, std::string_view name,
          const Labels& labels) {
    if (!is_id(appliance.str()) || label_of(labels, label::appliance) != appliance.str()) {
        return false;
    }
    switch (kind) {
        case ObjectKind::container: return is_name_of_labels(appliance, name, labels);
        case ObjectKind::network: return name == network_name(appliance);
        case ObjectKind::volume: return is_volume_name(appliance, name);
        case ObjectKind::record: return record_revision(appliance, name).has_value();
    }
    return false;
}

}  // namespace plan
