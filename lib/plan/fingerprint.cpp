#include "plan/fingerprint.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/hash.hpp"
#include "plan/canonical.hpp"

namespace plan {
namespace {

// Raised when the canonical form changes: every container is then replaced once.
constexpr int canonical_schema = 2;

using ShortHash = std::pair<std::string_view, std::string_view>;  // the part's name, its hash

struct Parsed {
    std::optional<int> schema;
    std::vector<ShortHash> parts;
};

// "2-8c1f0e… image=5d2a,env=91b0"
Parsed parse(std::string_view text) {
    Parsed parsed;
    int schema = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), schema);
    if (fault == std::errc() && end != text.data() + text.size() && *end == '-') {
        parsed.schema = schema;
    }
    text.remove_prefix(std::min(text.find(' '), text.size()));
    while (!text.empty()) {
        text.remove_prefix(1);  // the space or comma
        const std::string_view part = text.substr(0, text.find(','));
        const std::size_t equals = std::min(part.rfind('='), part.size());
        if (!part.empty()) {  // none: everything is at its default
            parsed.parts.emplace_back(part.substr(0, equals), part.substr(equals));
        }
        text.remove_prefix(part.size());
    }
    return parsed;
}

std::string listed(const std::vector<std::string>& names) {
    const auto last = names.end() - 1;
    return names.size() == 1
               ? names.front()
               : fmt::format("{} and {}", fmt::join(names.begin(), last, ", "), *last);
}

bool is_in(const std::vector<ShortHash>& parts, const ShortHash& part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
}

bool has_part(const std::vector<ShortHash>& parts, std::string_view name) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const ShortHash& part) { return part.first == name; });
}

std::string_view made_by(const std::optional<int>& schema) {
    return !schema                      ? "made by another version of pivot"
           : *schema < canonical_schema ? "made by an older pivot"
                                        : "made by a newer pivot";
}

}  // namespace

std::string fingerprint(const appliance::Container& container, const std::string& image_id,
                        const std::vector<Host>& hosts,
                        const std::vector<appliance::PersistentVolume>& volumes) {
    std::string whole;
    std::vector<std::string> short_hashes;
    for (const CanonicalPart& part : canonical_parts(container, image_id, hosts, volumes)) {
        whole += fmt::format("{}\n{}\n", part.name, part.text);
        short_hashes.push_back(
            fmt::format("{}={:04x}", part.name, base::hash(part.text) & 0xffffU));
    }
    return fmt::format("{}-{:016x} {}", canonical_schema, base::hash(whole),
                       fmt::join(short_hashes, ","));
}

std::vector<std::string> changed_parts(const std::string& before, const std::string& after) {
    const Parsed old_one = parse(before);
    const Parsed new_one = parse(after);
    std::vector<std::string> changed;
    if (old_one.schema != new_one.schema) {
        return changed;
    }
    for (const ShortHash& part : new_one.parts) {
        if (!is_in(old_one.parts, part)) {
            changed.emplace_back(part.first);
        }
    }
    for (const ShortHash& part : old_one.parts) {
        if (!has_part(new_one.parts, part.first)) {
            changed.emplace_back(part.first);
        }
    }
    return changed;
}

std::string difference(const std::string& before, const std::string& after) {
    const auto schema = parse(before).schema;
    if (schema != parse(after).schema) {
        return std::string(made_by(schema));
    }
    const std::vector<std::string> changed = changed_parts(before, after);
    return changed.empty() ? "changed" : listed(changed) + " changed";
}

}  // namespace plan
