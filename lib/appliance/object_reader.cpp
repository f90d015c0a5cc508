#include "appliance/object_reader.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "appliance/wording.hpp"
#include "diagnostics/nearest.hpp"

namespace appliance {
namespace {

const KnownObject& object_called(std::string_view name) {
    return *std::find_if(known_objects().begin(), known_objects().end(),
                         [&](const KnownObject& each) { return each.name == name; });
}

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == word) {
            return true;
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

// Where else the key would be at home.
std::optional<std::string_view> place_of(std::string_view key, const KnownObject& here) {
    for (const KnownObject& object : known_objects()) {
        const bool has = std::any_of(object.keys.begin(), object.keys.end(), [&](const Key& each) {
            return each.name == key && each.support != Support::ignored;
        });
        if (has && &object != &here) {
            return object.place;
        }
    }
    return std::nullopt;
}

std::string advice_on_unknown(std::string_view key, const KnownObject& object) {
    std::vector<std::string_view> names;
    for (const Key& each : object.keys) {
        if (has_word(each.also_called, key)) {
            return fmt::format("did you mean `{}`?", each.name);
        }
        if (each.support != Support::ignored) {
            names.push_back(each.name);
        }
    }
    if (const auto place = place_of(key, object)) {
        return fmt::format("it belongs {}", *place);
    }
    if (const auto name = diagnostics::nearest(key, names)) {
        return fmt::format("did you mean `{}`?", *name);
    }
    return "remove it, or begin it with `x-` to keep it as a remark";
}

}  // namespace

std::string Subject::name() const {
    return id.empty() ? std::string(kind) : fmt::format("{} {}", kind, in_backticks(id));
}

bool is_free(std::string_view key) { return key.starts_with("x-"); }

void report_unknown(const Member& member, std::string_view object, Problems& problems) {
    if (!problems.full()) {
        problems.error(fmt::format("unknown key {}", in_backticks(member.key)), member.key_span,
                       advice_on_unknown(member.key, object_called(object)));
    }
}

void report_not_yet(const Member& member, const Key& key, Problems& problems) {
    problems.error(fmt::format("`{}` is not supported yet", key.name), member.key_span,
                   key.until_then.empty() ? "remove it for now" : std::string(key.until_then));
}

void report_missing(const Key& key, const Subject& subject, Problems& problems) {
    problems.error(fmt::format("{} has no `{}`", subject.name(), key.name), subject.where,
                   fmt::format("add `\"{}\"`: {}", key.name, key.meaning));
}

}  // namespace appliance
