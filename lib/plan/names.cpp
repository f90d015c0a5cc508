#include "plan/names.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/hash.hpp"

namespace plan {

namespace {

constexpr std::string_view candidate_suffix = ".next";

std::string_view suffix(Role role) { return role == Role::candidate ? candidate_suffix : ""; }

}  // namespace

std::string to_string(const Instance& instance, Role role) {
    return fmt::format("{}.{}{}", instance.container, instance.number, suffix(role));
}

std::string engine_name(const ApplianceId& appliance, const Instance& instance, Role role) {
    return fmt::format("{}.{}", appliance, to_string(instance, role));
}

Role role_of(std::string_view engine_name) {
    return engine_name.ends_with(candidate_suffix) ? Role::candidate : Role::instance;
}

std::string host_name(const Instance& instance) {
    return fmt::format("{}-{}", instance.container, instance.number);
}

std::string network_name(const ApplianceId& appliance) {
    return fmt::format("pivot-{}", appliance);
}

std::string volume_name(const ApplianceId& appliance, const appliance::PersistentVolume& volume) {
    return volume.scope == appliance::PersistentVolume::Scope::global
               ? volume.id.str()
               : fmt::format("{}.{}", appliance, volume.id);
}

// A path may hold what a volume's name may not; then a hash tells it from others that look the
// same.
std::string volume_name(const ApplianceId& appliance, const Instance& instance,
                        std::string_view path) {
    std::string name;
    bool exact = true;
    for (const char c : path.substr(path.starts_with('/') ? 1 : 0)) {
        const bool plain = base::is_letter_or_digit(c);
        exact = exact && (plain || c == '/');
        name += plain ? c : '-';
    }
    std::string whole = fmt::format("{}.{}", engine_name(appliance, instance), name);
    if (!exact) {
        whole += fmt::format(".{:08x}", base::hash(path) & 0xffffffffU);
    }
    return whole;
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
