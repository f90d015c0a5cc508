#include "appliance/foreign_document.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/ascii.hpp"

namespace appliance {
namespace {

constexpr std::string_view compose = "this is a Compose file, and pivot reads appliances";
constexpr std::string_view compose_advice =
    "write an appliance: `Coming from docker compose` in README.md says what its keys are called "
    "here";
constexpr std::string_view manifest = "this is a Kubernetes manifest, and pivot reads appliances";
constexpr std::string_view job = "this is a Nomad job, and pivot reads appliances";
constexpr std::string_view advice =
    "write an appliance: `The document` in README.md says what it looks like";
constexpr std::string_view yaml = "this is YAML, and an appliance is JSON";
constexpr std::string_view yaml_advice = "write it as JSON: an appliance begins with `{`";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Whether the line begins with `key:`, as a key at the top of a YAML document does.
bool has_key(std::string_view line, std::string_view key) {
    return line.starts_with(key) && line.substr(key.size()).starts_with(':') &&
           (line.size() == key.size() + 1 || line[key.size() + 1] == ' ' ||
            line[key.size() + 1] == '\r');
}

// The key that the line begins with.
std::string_view key_of(std::string_view line) {
    const auto end = std::find_if_not(line.begin(), line.end(), [](char c) {
        return base::is_letter_or_digit(c) || c == '_' || c == '-' || c == '.';
    });
    const std::string_view key = line.substr(0, static_cast<std::size_t>(end - line.begin()));
    return has_key(line, key) ? key : std::string_view();
}

// The keys at the top of a YAML document and where they stand.
struct YamlKeys {
    std::optional<Span> first, services, version, api_version;
};

YamlKeys yaml_keys_of(std::string_view text) {
    YamlKeys keys;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (const std::string_view key = key_of(text.substr(at, end - at)); !key.empty()) {
            const auto put = [&](std::optional<Span>& place) {
                place = place.value_or(Span{at, at + key.size()});
            };
            put(keys.first);
            if (key == "services") put(keys.services);
            if (key == "version") put(keys.version);
            if (key == "apiVersion") put(keys.api_version);
        }
        at = end + 1;
    }
    return keys;
}

Foreign report(std::string_view message, Span where, std::string_view hint, Problems& problems) {
    problems.error(std::string(message), where, std::string(hint));
    return Foreign::yes;
}

}  // namespace

Foreign report_foreign_text(const diagnostics::Source& source, Problems& problems) {
    const std::string_view text = source.text();
    const std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const std::size_t first = std::min(text.find_first_not_of(" \t\r\n", begin), text.size());
    const std::string_view rest = text.substr(first);
    if (rest.empty() || std::string_view("{[/\"").find(rest.front()) != std::string_view::npos) {
        return Foreign::no;
    }
    if (rest.starts_with("job \"")) {
        return report(job, {first, first + 3}, advice, problems);
    }
    const YamlKeys keys = yaml_keys_of(text);
    if (keys.api_version) {
        return report(manifest, *keys.api_version, advice, problems);
    }
    if (keys.services || keys.version) {
        return report(compose, *(keys.services ? keys.services : keys.version), compose_advice,
                      problems);
    }
    return keys.first ? report(yaml, *keys.first, yaml_advice, problems) : Foreign::no;
}

Foreign report_foreign_document(const Value& document, Problems& problems) {
    const Object* object = document.as<Object>();
    if (object == nullptr || find_member(*object, "containers") != nullptr) {
        return Foreign::no;
    }
    const Member* services = find_member(*object, "services");
    if (services != nullptr && services->value.as<Object>() != nullptr) {
        return report(compose, services->key_span, compose_advice, problems);
    }
    const Member* version = find_member(*object, "apiVersion");
    if (version != nullptr && find_member(*object, "kind") != nullptr) {
        return report(manifest, version->key_span, advice, problems);
    }
    const Member* nomad = find_member(*object, "Job");
    if (nomad != nullptr && nomad->value.as<Object>() != nullptr) {
        return report(job, nomad->key_span, advice, problems);
    }
    return Foreign::no;
}

}  // namespace appliance
