#include "appliance/fields/restart_values.hpp"

#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "appliance/object_reader.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"
#include "base/ascii.hpp"
#include "diagnostics/nearest.hpp"

namespace appliance {
namespace {

constexpr std::string_view on_failure = "on-failure";
constexpr std::string_view restart_advice =
    "write one of `no`, `always`, `on-failure`, `on-failure:3`, `unless-stopped`";

std::optional<Restart::Policy> policy_called(std::string_view name) {
    if (name == "no") return Restart::Policy::no;
    if (name == "always") return Restart::Policy::always;
    if (name == on_failure) return Restart::Policy::on_failure;
    if (name == "unless-stopped") return Restart::Policy::unless_stopped;
    return std::nullopt;
}

std::string advice_on_restart(std::string_view text) {
    if (text == "false" || text == "never") {
        return "did you mean `no`?";
    }
    const auto meant = diagnostics::nearest(text, {"no", "always", on_failure, "unless-stopped"});
    return meant ? fmt::format("did you mean `{}`?", *meant) : std::string(restart_advice);
}

// The `3` of `on-failure:3`; nothing when it is no number in the range.
std::optional<int> limit_in(std::string_view digits) {
    int limit = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, fault] = std::from_chars(digits.data(), end, limit);
    const bool is_number = fault == std::errc() && stop == end && !digits.empty();
    return is_number && limit >= 1 && limit <= most_retries ? std::optional(limit) : std::nullopt;
}

bool is_job(const Draft& draft) { return draft.container.type == ContainerType::job; }

void report_endless(const Member& restart, Reading& reading) {
    reading.problems.error(
        fmt::format("a job cannot have {}: it would run again after it succeeded",
                    in_backticks("restart: " + *restart.value.as<std::string>())),
        restart.value.span, "write `on-failure`, or make it a `service`");
}

}  // namespace

void read_retries(const Value& value, Draft& draft, Reading& reading) {
    const auto number = whole_in_range(
        value, "`retries`", {0, most_retries},
        "`0` is the default; `\"restart\": \"on-failure\"` tries without end", reading.problems);
    if (number) {
        draft.retries = static_cast<int>(*number);
    }
}

void read_restart(const Value& value, Draft& draft, Reading& reading) {
    const std::string_view text = *value.as<std::string>();
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    const auto policy = policy_called(name);
    if (!policy) {
        reading.problems.error(fmt::format("`restart` cannot be {}", in_backticks(text)),
                               value.span, advice_on_restart(name));
        return;
    }
    if (colon == std::string_view::npos) {
        draft.restart = Restart{*policy, 0};
        return;
    }
    const auto limit = limit_in(text.substr(colon + 1));
    if (name != on_failure) {
        reading.problems.error(fmt::format("`{}` has no number of times", name), value.span,
                               fmt::format("write `{}`, or `on-failure:3`", name));
    } else if (!limit) {
        reading.problems.error(
            fmt::format("{} does not say how many times", in_backticks(text)), value.span,
            fmt::format("write `on-failure:N` with N from 1 to {}, or `on-failure` for no limit",
                        most_retries));
    } else {
        draft.restart = Restart{*policy, *limit};
    }
}

void settle_restart(const Object& object, Draft& draft, Reading& reading) {
    const Member* restart = find_member(object, "restart");
    const Member* retries = find_member(object, "retries");
    Restart& result = draft.container.restart;
    if (!draft.type_is_known) {
        return;
    }
    if (retries != nullptr && !is_job(draft)) {
        if (find_meant(object, "type", "container") != nullptr) {
            return;
        }
        const int wanted = draft.retries.value_or(3);
        reading.problems.error("`retries` is for jobs", retries->key_span,
                               wanted == 0
                                   ? std::string("write `\"restart\": \"no\"` for a service")
                                   : fmt::format("write `\"restart\": \"on-failure:{}\"` for a "
                                                 "service, or make it a `job`",
                                                 wanted));
        return;
    }
    if (restart != nullptr && retries != nullptr) {
        const Member& later =
            restart->key_span.begin < retries->key_span.begin ? *retries : *restart;
        reading.problems.error("`restart` and `retries` exclude each other", later.key_span,
                               "keep `retries`, or write it as `\"restart\": \"on-failure:3\"`");
        return;
    }
    if (draft.restart) {
        result = *draft.restart;
        const bool is_endless = result.policy == Restart::Policy::always ||
                                result.policy == Restart::Policy::unless_stopped;
        if (is_job(draft) && is_endless) {
            report_endless(*restart, reading);
        }
    } else if (is_job(draft)) {
        const int times = draft.retries.value_or(0);
        result = times == 0 ? Restart{Restart::Policy::no, 0}
                            : Restart{Restart::Policy::on_failure, times};
    }
}

void check_job(const Object& object, const Draft& draft, Reading& reading) {
    if (!is_job(draft)) {
        return;
    }
    const Member* instances = find_member(object, "instances");
    if (instances != nullptr && draft.container.instances != 1) {
        reading.problems.error("`instances` is for services: a job is one run",
                               instances->value.span,
                               "remove it, or list the job once more under another `id`");
    }
    if (const Member* check = find_member(object, "health_check")) {
        reading.problems.error("`health_check` is for services: a job is done when it exits 0",
                               check->key_span, "remove it");
    }
    if (draft.default_health_check) {
        reading.problems.error(
            "`default_health_check` is for services: a job is done when it exits 0",
            find_member(object, "default_health_check")->key_span, "remove it");
    }
    if (const Member* capacity = find_member(object, "minimum_capacity")) {
        reading.problems.error("`minimum_capacity` is for services: a job is one run",
                               capacity->key_span, "remove it");
    }
}

}  // namespace appliance
