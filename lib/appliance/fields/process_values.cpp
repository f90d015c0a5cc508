#include "appliance/fields/process_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "appliance/fields/command_values.hpp"
#include "appliance/fields/host_name.hpp"
#include "appliance/fields/linux_names.hpp"
#include "appliance/fields/path_value.hpp"
#include "appliance/fields/quantity.hpp"
#include "appliance/fields/shell_words.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"
#include "base/ascii.hpp"
#include "diagnostics/nearest.hpp"
#include "json/number.hpp"

namespace appliance {
namespace {

constexpr double longest_grace = 86400;  // seconds
constexpr std::int64_t last_signal = 64;
constexpr std::array<std::string_view, 2> operating_systems{"linux", "windows"};
constexpr std::array<std::string_view, 10> architectures{
    "amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "mips64le", "loong64", "x86_64"};

std::optional<std::vector<std::string>> words_of(const Value& line, Reading& reading) {
    auto words = shell_words(*line.as<std::string>());
    if (words) {
        return *std::move(words);
    }
    const bool is_quote = words.error() == ShellFault::open_quote;
    reading.problems.error(
        is_quote ? "a quote in `entrypoint` is never closed" : "`entrypoint` ends in a backslash",
        line.span, "write it as a list of words, as in `[ \"sh\", \"-c\" ]`");
    return std::nullopt;
}

std::optional<std::vector<std::string>> strings_of(const Array& entries, Reading& reading) {
    std::optional<std::vector<std::string>> strings(std::in_place);
    for (const Value& entry : entries) {
        if (check_type(JsonType::string, entry, "an entry of `entrypoint`",
                       "each word is a string of its own", reading.problems) == Fits::no ||
            check_no_nul(entry, reading) == Fits::no) {
            strings.reset();
        } else if (strings) {
            strings->push_back(*entry.as<std::string>());
            check_length_of_argument(strings->back().size(), "this word", entry.span, reading);
        }
    }
    return strings;
}

std::string advice_on_signal(std::string_view name) {
    std::vector<std::string_view> names;
    for (const Signal& signal : signals()) {
        names.push_back(signal.name);
    }
    const auto meant = diagnostics::nearest(name, names);
    return meant
               ? fmt::format("did you mean `SIG{}`?", *meant)
               : fmt::format("write one like `SIGTERM`, or its number, from 1 to {}", last_signal);
}

// The number that a text of digits alone is; -1 when it is too large for a signal.
std::optional<std::int64_t> signal_number(std::string_view text) {
    if (text.empty() || !std::all_of(text.begin(), text.end(), base::is_digit)) {
        return std::nullopt;
    }
    return text.size() > 3 ? -1 : json::to_whole(text).value_or(-1);
}

// By its usual name where it has one, so that all spellings of it are one.
std::string signal_text(std::int64_t number) {
    const auto all = signals();
    const auto signal = std::find_if(all.begin(), all.end(),
                                     [&](const Signal& each) { return each.number == number; });
    return signal == all.end() ? fmt::format("{}", number) : fmt::format("SIG{}", signal->name);
}

bool is_platform_part(std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
        return base::is_letter_or_digit(c) || c == '_' || c == '-' || c == '.';
    });
}

}  // namespace

void read_entrypoint(const Value& value, Draft& draft, Reading& reading) {
    std::optional<std::vector<std::string>> words;
    if (const Array* list = value.as<Array>()) {
        words = strings_of(*list, reading);
    } else if (check_no_nul(value, reading) == Fits::yes) {
        words = words_of(value, reading);
    }
    if (words && !words->empty() && words->front().empty()) {
        reading.problems.error("`entrypoint` begins with an empty word", value.span,
                               "the first word is the program; `[]` is no entrypoint at all");
    } else if (words) {
        draft.container.extras.entrypoint = std::move(words);
    }
}

void read_working_dir(const Value& value, Draft& draft, Reading& reading) {
    if (check_no_nul(value, reading) == Fits::yes) {
        draft.container.extras.working_dir =
            absolute_path(*value.as<std::string>(), "`working_dir`", value.span, reading.problems)
                .value_or("");
    }
}

void read_user(const Value& value, Draft& draft, Reading& reading) {
    const std::string& user = *value.as<std::string>();
    if (check_no_nul(value, reading) == Fits::no) {
        return;
    }
    const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    if (user.empty() || user.starts_with(':')) {
        reading.problems.error("`user` names nobody", value.span,
                               "write a name or a number, with a group if need be: `1000:1000`");
    } else if (std::any_of(user.begin(), user.end(), is_blank)) {
        reading.problems.error("`user` cannot have spaces or line breaks", value.span,
                               "write a name or a number, with a group if need be: `1000:1000`");
    } else {
        draft.container.extras.user = user;
    }
}

void read_hostname(const Value& value, Draft& draft, Reading& reading) {
    const std::string& name = *value.as<std::string>();
    if (name.size() > longest_own_name) {
        reading.problems.error(fmt::format("`hostname` has {} characters, the most is {}",
                                           name.size(), longest_own_name),
                               value.span, "shorten it: Linux takes no longer one");
    } else if (!is_host_name(name)) {
        reading.problems.error(
            fmt::format("{} is no host name", in_backticks(name)), value.span,
            "a host name has letters, digits and `-`, and `.` between its parts");
    } else {
        draft.container.extras.hostname = name;
    }
}

void read_init(const Value& value, Draft& draft, Reading& /*reading*/) {
    draft.container.extras.init = *value.as<bool>();
}

void read_stop_signal(const Value& value, Draft& draft, Reading& reading) {
    const Number* json_number = value.as<Number>();
    const std::string text = json_number != nullptr
                                 ? fmt::format("{}", json::to_whole(json_number->text).value_or(0))
                                 : base::in_upper_case(*value.as<std::string>());
    const auto number =
        json_number != nullptr ? json::to_whole(json_number->text) : signal_number(text);
    if (number) {
        if (*number < 1 || *number > last_signal) {
            reading.problems.error(fmt::format("there is no signal {}", in_backticks(text)),
                                   value.span, fmt::format("signals go from 1 to {}", last_signal));
            return;
        }
        draft.container.extras.stop_signal = signal_text(*number);
        return;
    }
    constexpr std::string_view prefix = "SIG";
    const std::string name = text.starts_with(prefix) ? text.substr(prefix.size()) : text;
    const auto all = signals();
    const auto signal =
        std::find_if(all.begin(), all.end(), [&](const Signal& each) { return each.name == name; });
    if (signal == all.end()) {
        reading.problems.error(
            fmt::format("there is no signal {}", in_backticks(*value.as<std::string>())),
            value.span, advice_on_signal(name));
        return;
    }
    draft.container.extras.stop_signal = signal_text(signal->number);
}

void read_stop_grace_period(const Value& value, Draft& draft, Reading& reading) {
    const std::string& text = *value.as<std::string>();
    const bool is_number = text.find_first_not_of("0123456789.") == std::string::npos;
    if (is_number && parse_duration(text + "s").value_or(longest_grace + 1) <= longest_grace) {
        reading.problems.error("`stop_grace_period` has no unit", value.span,
                               fmt::format("write {}", in_backticks("\"" + text + "s\"")));
        return;
    }
    const auto seconds = parse_duration(is_number ? text + "s" : text);
    if (!seconds) {
        reading.problems.error(fmt::format("{} is no duration", in_backticks(text)), value.span,
                               "write one like `10s`, `1m30s` or `500ms`");
    } else if (*seconds > longest_grace) {
        reading.problems.error(
            fmt::format("`stop_grace_period` is {}, the most is a day", in_backticks(text)),
            value.span, "write `24h` at most");
    } else {
        // What is not nothing does not become nothing.
        draft.container.extras.stop_grace_period =
            std::chrono::milliseconds(std::llround(std::ceil(*seconds * 1000 - 1e-6)));
    }
}

void read_platform(const Value& value, Draft& draft, Reading& reading) {
    const std::string text = base::in_lower_case(*value.as<std::string>());
    std::vector<std::string_view> parts;
    for (std::string_view rest = text;;) {
        const std::size_t slash = rest.find('/');
        parts.push_back(rest.substr(0, slash));
        if (slash == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(slash + 1);
    }
    const auto is_one_of = [&](const auto& names) {
        return std::find(names.begin(), names.end(), parts.front()) != names.end();
    };
    if (parts.size() <= 3 && std::all_of(parts.begin(), parts.end(), is_platform_part) &&
        is_one_of(operating_systems)) {
        draft.container.extras.platform = text;
        return;
    }
    reading.problems.error(
        fmt::format("{} is no platform", in_backticks(*value.as<std::string>())), value.span,
        is_one_of(architectures) && parts.size() < 3 &&
                std::all_of(parts.begin(), parts.end(), is_platform_part)
            ? fmt::format("the operating system comes first: write {}",
                          in_backticks("linux/" + text))
            : "write the system, the processor and its variant, as in `linux/arm64/v8`");
}

}  // namespace appliance
