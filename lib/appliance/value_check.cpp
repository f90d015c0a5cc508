#include "appliance/value_check.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "base/overload.hpp"
#include "diagnostics/nearest.hpp"
#include "json/escape.hpp"
#include "json/number.hpp"

namespace appliance {
namespace {

std::string_view name_of(JsonType type) {
    switch (type) {
        case JsonType::any: return "a value";
        case JsonType::string: return "a string";
        case JsonType::number: return "a number";
        case JsonType::whole_number: return "a whole number";
        case JsonType::boolean: return "true or false";
        case JsonType::object: return "an object";
        case JsonType::list: return "a list";
    }
    return "";
}

std::string_view name_of(const Value& value) {
    return std::visit(base::Overload{
                          [](const Broken&) { return "broken"; },
                          [](const Null&) { return "null"; },
                          [](const bool& boolean) { return boolean ? "true" : "false"; },
                          [](const Number&) { return "a number"; },
                          [](const std::string&) { return "a string"; },
                          [](const Array&) { return "a list"; },
                          [](const Object&) { return "an object"; },
                      },
                      value.data);
}

bool is_of(JsonType type, const Value& value) {
    const Number* number = value.as<Number>();
    switch (type) {
        case JsonType::any: return true;
        case JsonType::string: return value.as<std::string>() != nullptr;
        case JsonType::number: return number != nullptr;
        case JsonType::whole_number:
            return number != nullptr && json::to_whole(number->text).has_value();
        case JsonType::boolean: return value.as<bool>() != nullptr;
        case JsonType::object: return value.as<Object>() != nullptr;
        case JsonType::list: return value.as<Array>() != nullptr;
    }
    return false;
}

bool is_number(JsonType type) { return type == JsonType::number || type == JsonType::whole_number; }

std::string advice_on_type(JsonType type, const Value& value, std::string fallback) {
    const std::string* string = value.as<std::string>();
    const Number* number = value.as<Number>();
    const bool* boolean = value.as<bool>();
    if (string != nullptr && is_number(type) && !json::advice_on_number(*string) &&
        is_of(type, Value{Number{*string}, value.span})) {
        return fmt::format("write it without quotes: {}", in_backticks(*string));
    }
    if (string != nullptr && type == JsonType::boolean &&
        (*string == "true" || *string == "false")) {
        return fmt::format("write it without quotes: `{}`", *string);
    }
    if (number != nullptr && type == JsonType::string) {
        return fmt::format("put it in double quotes: {}",
                           in_backticks(fmt::format("\"{}\"", number->text)));
    }
    if (boolean != nullptr && type == JsonType::string) {
        return fmt::format("put it in double quotes: `\"{}\"`", *boolean);
    }
    if (value.as<Null>() != nullptr) {
        return "write a value, or remove it";
    }
    return fallback;
}

}  // namespace

Fits check_type(JsonType type, const Value& value) {
    return is_of(type, value) && value.as<Broken>() == nullptr ? Fits::yes : Fits::no;
}

void report_type(JsonType type, const Value& value, std::string_view what, std::string hint,
                 Problems& problems) {
    report_type(type, std::nullopt, value, what, std::move(hint), problems);
}

void report_type(JsonType type, std::optional<JsonType> or_type, const Value& value,
                 std::string_view what, std::string hint, Problems& problems) {
    if (value.as<Broken>() != nullptr) {
        return;
    }
    std::string wanted(name_of(type));
    if (or_type) {
        wanted += fmt::format(" or {}", name_of(*or_type));
    }
    const Number* number = value.as<Number>();
    const bool may_be_whole = type == JsonType::whole_number || or_type == JsonType::whole_number;
    if (may_be_whole && number != nullptr) {
        problems.error(
            fmt::format("{} must be {}, not {}", what, wanted, in_backticks(number->text)),
            value.span, std::move(hint));
        return;
    }
    if (or_type) {
        hint = advice_on_type(*or_type, value, std::move(hint));
    }
    problems.error(fmt::format("{} must be {}, not {}", what, wanted, name_of(value)), value.span,
                   advice_on_type(type, value, std::move(hint)));
}

Fits check_type(JsonType type, const Value& value, std::string_view what, std::string_view hint,
                Problems& problems) {
    const Fits fits = check_type(type, value);
    if (fits == Fits::no) {
        report_type(type, value, what, std::string(hint), problems);
    }
    return fits;
}

std::optional<double> in_range(const Value& value, std::string_view what, Range range,
                               std::string_view hint, Problems& problems) {
    const std::string_view text = value.as<Number>()->text;
    const double number = json::to_double(text);
    if (number < range.least) {
        problems.error(
            fmt::format("{} is {}, the least is {}", what, in_backticks(text), range.least),
            value.span, std::string(hint));
        return std::nullopt;
    }
    if (number > range.most) {
        problems.error(
            fmt::format("{} is {}, the most is {}", what, in_backticks(text), range.most),
            value.span, std::string(hint));
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> whole_in_range(const Value& value, std::string_view what, Range range,
                                           std::string_view hint, Problems& problems) {
    const std::optional<double> number = in_range(value, what, range, hint, problems);
    return number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

Fits check_no_nul(const Value& value, const Reading& reading) {
    const std::size_t nul = value.as<std::string>()->find('\0');
    if (nul == std::string::npos) {
        return Fits::yes;
    }
    reading.problems.error("a NUL character, which no program can be given",
                           json::source_span(reading.source.text(), value.span, {nul, nul + 1}),
                           "remove it");
    return Fits::no;
}

std::optional<std::string_view> one_of(std::span<const std::string_view> choices,
                                       const Value& value, std::string_view what,
                                       Problems& problems, LetterCase letter_case) {
    const std::string& text = *value.as<std::string>();
    const auto found = std::find_if(choices.begin(), choices.end(), [&](std::string_view choice) {
        return choice == text || (letter_case == LetterCase::any &&
                                  base::in_lower_case(choice) == base::in_lower_case(text));
    });
    if (found != choices.end()) {
        return *found;
    }
    std::string hint;
    if (const auto meant = diagnostics::nearest(text, {choices.begin(), choices.end()})) {
        hint = fmt::format("did you mean `{}`?", *meant);
    } else {
        for (const std::string_view choice : choices) {
            hint += fmt::format("{}`{}`", hint.empty() ? "write one of " : ", ", choice);
        }
    }
    problems.error(fmt::format("{} cannot be {}", what, in_backticks(text)), value.span, hint);
    return std::nullopt;
}

}  // namespace appliance
