#include "appliance/object_reader.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "appliance/fields/quantity.hpp"
#include "appliance/foreign_keys.hpp"
#include "appliance/terms.hpp"
#include "diagnostics/nearest.hpp"

namespace appliance {
namespace {

const KnownObject& object_called(std::string_view name) {
    return *std::find_if(known_objects().begin(), known_objects().end(),
                         [&](const KnownObject& each) { return each.name == name; });
}

// Where else the key would be at home.
std::optional<std::string_view> place_of(std::string_view key, const KnownObject& here) {
    for (const KnownObject& object : known_objects()) {
        const bool has = std::any_of(object.keys.begin(), object.keys.end(), [&](const Key& each) {
            return each.name == key && each.support != Support::ignored;
        });
        if (has && &object != &here && !object.place.empty()) {
            return object.place;
        }
    }
    return std::nullopt;
}

bool is_unknown(const Member& member, std::string_view object_name) {
    const std::vector<Key>& keys = object_called(object_name).keys;
    return !is_free(member.key) && std::none_of(keys.begin(), keys.end(), [&](const Key& each) {
        return each.name == member.key;
    });
}

// `8000-8010`
bool is_range(std::string_view text) {
    const std::size_t dash = text.find('-');
    return dash != std::string_view::npos && dash > 0 && dash + 1 < text.size() &&
           text.find_first_not_of("0123456789") == dash &&
           text.find_first_not_of("0123456789", dash + 1) == std::string_view::npos;
}

std::string as_written(const Key& key) {
    return fmt::format("`\"{}\": {}`", key.name, key.example);
}

}  // namespace

std::string Subject::name() const {
    return id.empty() ? std::string(kind) : fmt::format("{} {}", kind, in_backticks(id));
}

bool fits(const Key& key, const Value& value) {
    return check_type(key.type, value) == Fits::yes ||
           (key.or_type && check_type(*key.or_type, value) == Fits::yes);
}

bool is_free(std::string_view key) { return key.starts_with("x-"); }

std::string_view meant_by(std::string_view key, const Object& object,
                          std::string_view object_name) {
    const KnownObject& known = object_called(object_name);
    std::vector<std::string_view> absent;  // a slip is not for what is there already
    for (const Key& each : known.keys) {
        if (has_word(each.also_called, key)) {
            return each.name;
        }
        if (each.support != Support::ignored && find_member(object, each.name) == nullptr) {
            absent.push_back(each.name);
        }
    }
    if (find_foreign_key(object_name, key) != nullptr || place_of(key, known)) {
        return {};
    }
    return diagnostics::nearest(key, absent).value_or(std::string_view());
}

const Member* find_meant(const Object& object, std::string_view key, std::string_view object_name) {
    const auto found = std::find_if(object.begin(), object.end(), [&](const Member& member) {
        return is_unknown(member, object_name) && meant_by(member.key, object, object_name) == key;
    });
    return found == object.end() ? nullptr : &*found;
}

void report_unknown(const Member& member, std::string_view meant, const Object& object,
                    std::string_view object_name, Problems& problems) {
    std::string message = fmt::format("unknown key {}", in_backticks(member.key));
    std::string hint = "remove it, or begin it with `x-` to keep it as a remark";
    if (!meant.empty() && find_member(object, meant) != nullptr) {
        hint = fmt::format("`{}` is there already: keep one of the two", meant);
    } else if (!meant.empty()) {
        hint = fmt::format("did you mean `{}`?", meant);
    } else if (const ForeignKey* foreign = find_foreign_key(object_name, member.key)) {
        hint = foreign->advice;
        switch (foreign->kind) {
            case ForeignKey::Kind::elsewhere: break;
            case ForeignKey::Kind::absent:
                message = fmt::format("pivot does not have {} yet", in_backticks(member.key));
                break;
        }
    } else if (const auto place = place_of(member.key, object_called(object_name))) {
        hint = fmt::format("it belongs {}", *place);
    }
    problems.error(std::move(message), member.key_span, std::move(hint));
}

void report_not_yet(const Member& member, const Key& key, Problems& problems) {
    problems.error(fmt::format("`{}` is not supported yet", key.name), member.key_span,
                   key.until_then.empty() ? "remove it for now" : std::string(key.until_then));
}

void report_type_of(const Member& member, const Key& key, Problems& problems) {
    const Number* number = member.value.as<Number>();
    const std::string advice = fmt::format("write {}, as in {}", key.meaning, as_written(key));
    if (number != nullptr && !key.unit.empty()) {
        const std::string with_unit = fmt::format("{}{}", number->text, key.unit);
        problems.error(fmt::format("`{}` has no unit", key.name), member.value.span,
                       parse_duration(with_unit)
                           ? fmt::format("write {}", in_backticks("\"" + with_unit + "\""))
                           : advice);
        return;
    }
    const bool* boolean = member.value.as<bool>();
    if (boolean != nullptr && !*boolean && !key.if_false.empty()) {
        problems.error(fmt::format("`{}` must be a string, not false", key.name), member.value.span,
                       fmt::format("did you mean `\"{}\"`?", key.if_false));
        return;
    }
    const std::string* text = member.value.as<std::string>();
    const bool is_a_range = text != nullptr && !key.if_range.empty() && is_range(*text);
    report_type(key.type, key.or_type, member.value, fmt::format("`{}`", key.name),
                is_a_range ? std::string(key.if_range) : advice, problems);
}

void report_missing(const Key& key, const Subject& subject, Problems& problems) {
    problems.error(fmt::format("{} has no `{}`", subject.name(), key.name), subject.where,
                   fmt::format("add {}, as in {}", key.meaning, as_written(key)));
}

}  // namespace appliance
