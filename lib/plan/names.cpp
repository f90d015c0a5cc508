#include "plan/names.hpp"

#include <charconv>

#include <fmt/format.h>

namespace plan {

std::string to_string(const Instance& instance) {
    return fmt::format("{}.{}", instance.container, instance.number);
}

std::string engine_name(const ApplianceId& appliance, const Instance& instance) {
    return fmt::format("{}.{}.{}", appliance, instance.container, instance.number);
}

std::string host_name(const Instance& instance) {
    return fmt::format("{}-{}", instance.container, instance.number);
}

std::string network_name(const ApplianceId& appliance) {
    return fmt::format("pivot-{}", appliance);
}

std::string record_name(const ApplianceId& appliance, std::uint64_t revision) {
    return fmt::format("pivot.{}.{}", appliance, revision);
}

std::optional<std::uint64_t> record_revision(const ApplianceId& appliance, std::string_view name) {
    const std::string prefix = fmt::format("pivot.{}.", appliance);
    if (!name.starts_with(prefix)) {
        return std::nullopt;
    }
    const std::string_view digits = name.substr(prefix.size());
    std::uint64_t revision = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), revision);
    if (error != std::errc{} || end != digits.data() + digits.size() || revision == 0 ||
        digits.front() == '0') {
        return std::nullopt;
    }
    return revision;
}

}  // namespace plan
