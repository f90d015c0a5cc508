#include "cli/checked_words.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cli/duration.hpp"

namespace cli {
namespace {

// Collects the first mistake, so that the rest reads as plain assignments.
class Checker {
public:
    explicit Checker(std::string_view command) : command_(command) {}

    template <class T>
    void choice(std::string_view option, const std::string& word, T& value,
                std::initializer_list<std::pair<std::string_view, T>> choices) {
        if (word.empty()) {
            return;
        }
        std::string names;
        for (const auto& [name, meaning] : choices) {
            if (name == word) {
                value = meaning;
                return;
            }
            names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
        }
        mistake(fmt::format("{} cannot be `{}`", option, word),
                fmt::format("it is one of {}", names));
    }

    std::optional<std::chrono::milliseconds> duration(std::string_view option,
                                                      const std::string& word) {
        if (word.empty()) {
            return std::nullopt;
        }
        const auto parsed = parse_duration(word);
        if (!parsed) {
            mistake(fmt::format("{} takes a time, not `{}`", option, word),
                    "write 90 (seconds), 1.5s, 200ms, 5m or 1h30m");
        }
        return parsed;
    }

    void needed(const std::string& word, std::string_view what, std::string_view usage) {
        if (word.empty()) {
            mistake(fmt::format("`pivot {}` needs {}", command_, what),
                    fmt::format("the usage is: {}", usage));
        }
    }

    void contradiction(bool one, std::string_view one_option, bool other,
                       std::string_view other_option) {
        if (one && other) {
            mistake(fmt::format("{} and {} contradict each other", one_option, other_option),
                    "leave one of them out");
        }
    }

    void mistake(std::string headline, std::string hint) {
        if (!mistake_) {
            mistake_.emplace();
            mistake_->headline = std::move(headline);
            mistake_->hint = std::move(hint);
        }
    }

    [[nodiscard]] const std::optional<present::Message>& first() const { return mistake_; }

private:
    std::string_view command_;
    std::optional<present::Message> mistake_;
};

template <class Integer>
std::optional<Integer> whole_number(std::string_view text) {
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

Common common(const RawWords& words, Checker& checker) {
    Common common;
    common.host = words.host;
    checker.choice("--output", words.output, common.output,
                   {{"text", Common::Output::text}, {"json", Common::Output::json}});
    checker.choice("--color", words.color, common.color,
                   {{"auto", Common::Color::automatic},
                    {"always", Common::Color::always},
                    {"never", Common::Color::never}});
    if (words.json) {
        common.output = Common::Output::json;
    }
    if (words.no_color) {
        common.color = Common::Color::never;
    }
    common.progress = words.quiet ? Common::Progress::hidden : Common::Progress::shown;
    common.calls = words.verbose ? Common::Calls::shown : Common::Calls::hidden;
    return common;
}

std::vector<Scale> scales(const RawWords& words, Checker& checker) {
    std::vector<Scale> scales;
    for (const std::string& word : words.scales) {
        const std::size_t equals = word.find('=');
        const auto instances = equals == std::string::npos || equals == 0
                                   ? std::nullopt
                                   : whole_number<int>(std::string_view(word).substr(equals + 1));
        if (!instances || *instances < 0) {
            checker.mistake(fmt::format("--scale takes a container and a number, not `{}`", word),
                            "write --scale spark-worker=3");
            continue;
        }
        scales.push_back({word.substr(0, equals), *instances});
    }
    return scales;
}

std::optional<std::chrono::seconds> stop_timeout(const RawWords& words, Checker& checker) {
    const auto time = checker.duration("--stop-timeout", words.stop_timeout);
    return time ? std::optional(std::chrono::ceil<std::chrono::seconds>(*time)) : std::nullopt;
}

// As arguments, or behind -f.
std::vector<std::string> documents(const RawWords& words) {
    std::vector<std::string> files = words.file_options;
    files.insert(files.end(), words.files.begin(), words.files.end());
    if (!words.file.empty()) {
        files.push_back(words.file);
    }
    return files;
}

UpArguments up(const RawWords& words, Checker& checker) {
    using Options = apply::UpOptions;
    UpArguments up;
    if (const auto files = documents(words); files.size() == 1) {
        up.file = files.front();
    } else if (files.size() > 1) {
        checker.mistake("one document describes an appliance, and several are given",
                        "run `pivot up` for each, or put all of it into one document");
    }
    checker.contradiction(words.wait, "--wait", words.no_wait, "--no-wait");
    checker.contradiction(words.remove_orphans, "--remove-orphans", words.keep_orphans,
                          "--keep-orphans");
    up.mode = words.dry_run ? UpArguments::Mode::dry_run : UpArguments::Mode::act;
    up.scales = scales(words, checker);
    checker.choice("--pull", words.pull, up.options.pull,
                   {{"missing", Options::Pull::missing},
                    {"always", Options::Pull::always},
                    {"never", Options::Pull::never}});
    if (words.no_wait) {
        up.options.reconcile.wait = plan::ReconcileOptions::Wait::until_started;
    }
    if (words.recreate) {
        up.options.reconcile.unchanged = plan::ReconcileOptions::Unchanged::recreate;
    }
    if (words.rerun) {
        up.options.reconcile.succeeded = plan::ReconcileOptions::Succeeded::rerun;
    }
    if (words.keep_orphans) {
        up.options.reconcile.orphans = plan::ReconcileOptions::Orphans::keep;
    }
    up.options.timeout = checker.duration("--timeout", words.timeout);
    if (up.options.timeout == std::chrono::milliseconds(0)) {
        checker.mistake("--timeout must be more than 0",
                        "leave it out to wait as long as it takes");
    }
    up.options.settle = checker.duration("--settle", words.settle).value_or(up.options.settle);
    up.options.stop_timeout = stop_timeout(words, checker);
    return up;
}

std::optional<appliance::Protocol> protocol(std::string_view name) {
    if (name == "tcp") return appliance::Protocol::tcp;
    if (name == "udp") return appliance::Protocol::udp;
    if (name == "sctp") return appliance::Protocol::sctp;
    return std::nullopt;
}

// `8998`, `53/udp`, or a port's name.
PortFilter port_filter(const std::string& word, Checker& checker) {
    PortFilter filter;
    const std::size_t slash = word.find('/');
    const std::string number = word.substr(0, slash);
    if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos) {
        filter.name = word;  // which may begin with a digit, as `9p` does
        return filter;
    }
    filter.container_port = whole_number<std::uint16_t>(number);
    if (slash != std::string::npos) {
        filter.protocol = protocol(std::string_view(word).substr(slash + 1));
    }
    if (!filter.container_port || *filter.container_port == 0 ||
        (slash != std::string::npos && !filter.protocol)) {
        checker.mistake(fmt::format("`{}` is no port", word),
                        "write 8998, 53/udp, or a port's name");
    }
    return filter;
}

// `-f FILE` in place of an ID: the other arguments move up.
RawWords with_appliance_first(RawWords words, Checker& checker) {
    if (words.file_options.empty()) {
        return words;
    }
    if (words.file_options.size() > 1 || !words.port.empty()) {
        checker.mistake("several appliances are given", "name one, by its ID or its document");
    }
    words.port =
        std::exchange(words.container, std::exchange(words.appliance, words.file_options.back()));
    return words;
}

Arguments arguments(std::string_view command, const RawWords& given, Checker& checker) {
    if (command == "up") {
        return up(given, checker);
    }
    if (command == "plan") {
        using ExitCode = PlanArguments::ExitCode;
        return PlanArguments{up(given, checker),
                             given.exit_code ? ExitCode::tells_changes : ExitCode::plain};
    }
    if (command == "validate") {
        auto files = documents(given);
        return ValidateArguments{files.empty() ? std::vector<std::string>{"appliance.json"}
                                               : std::move(files)};
    }
    const RawWords words = with_appliance_first(given, checker);
    if (command != "port" && !words.container.empty()) {  // an ID besides -f
        checker.mistake("several appliances are given", "name one, by its ID or its document");
    }
    if (command == "status") {
        return StatusArguments{words.appliance};
    }
    if (command == "port") {
        checker.needed(words.appliance, "an ID and a container", "pivot port ID CONTAINER [PORT]");
        checker.needed(words.container, "a container", "pivot port ID CONTAINER [PORT]");
        return PortArguments{words.appliance, words.container, port_filter(words.port, checker)};
    }
    using Missing = DownArguments::Missing;
    checker.needed(words.appliance, "an ID", "pivot down ID");
    return DownArguments{
        words.appliance,
        {words.purge ? plan::Volumes::purge : plan::Volumes::keep, stop_timeout(words, checker)},
        words.if_exists ? Missing::is_fine : Missing::is_an_error};
}

}  // namespace

tl::expected<Invocation, present::Message> check(std::string_view command, const RawWords& words) {
    Checker checker(command);
    Invocation invocation{common(words, checker), arguments(command, words, checker)};
    if (checker.first()) {
        return tl::unexpected(*checker.first());
    }
    return invocation;
}

}  // namespace cli
