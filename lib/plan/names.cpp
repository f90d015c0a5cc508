#include "plan/names.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/hash.hpp"

namespace plan {

namespace {

constexpr std::string_view candidate_suffix = ".next";
constexpr std::size_t longest_volume_name = 255;  // what the engine's file system holds
constexpr std::size_t hash_digits = 8;

std::string_view suffix(Role role) { return role == Role::candidate ? candidate_suffix : ""; }

// The part before the first dot, and what follows the dot. `rest` is empty where there is none.
struct Split {
    std::string_view first;
    std::string_view rest;
};

Split split(std::string_view text) {
    const std::size_t dot = text.find('.');
    return dot == std::string_view::npos ? Split{text, {}}
                                         : Split{text.substr(0, dot), text.substr(dot + 1)};
}

bool is_positive_number(std::string_view text) {
    return !text.empty() && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), base::is_digit);
}

bool is_hash(std::string_view text) {
    return text.size() == hash_digits && std::all_of(text.begin(), text.end(), [](char c) {
               return base::is_digit(c) || (c >= 'a' && c <= 'f');
           });
}

bool is_path_in_name(std::string_view text) {
    const auto [path, hash] = split(text);
    return (hash.empty() ? !text.ends_with('.') : is_hash(hash)) &&
           std::all_of(path.begin(), path.end(),
                       [](char c) { return base::is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

bool is_id(std::string_view text) {
    return !text.empty() && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return base::is_letter_or_digit(c) || c == '-'; });
}

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

// A path may hold what a volume's name may not, or more than it may; then a hash tells it from
// others that look the same.
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
    if (!exact || whole.size() > longest_volume_name) {
        whole.resize(std::min(whole.size(), longest_volume_name - hash_digits - 1));
        whole += fmt::format(".{:08x}", base::hash(path) & 0xffffffffU);
    }
    return whole;
}

bool is_volume_name(const ApplianceId& appliance, std::string_view name) {
    const auto [owner, own] = split(name);
    if (owner != appliance.str()) {
        return false;
    }
    const auto [first, rest] = split(own);  // a volume's id, or a container's
    if (rest.empty()) {
        return is_id(own);
    }
    const auto [number, path] = split(rest);
    return is_id(first) && is_positive_number(number) && number.size() < rest.size() &&
           is_path_in_name(path);
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
