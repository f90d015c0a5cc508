#include "appliance/fields/health_check_fields.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace appliance {
namespace {

constexpr double seconds_of_a_day = 86400;
constexpr Range interval_range{0.001, seconds_of_a_day};  // the engine counts milliseconds
constexpr Range grace_range{0, seconds_of_a_day};
constexpr Range failures_range{1, 1000};
constexpr Range port_index_range{0, 65535};

std::optional<std::chrono::milliseconds> read_seconds(const Value& value, std::string_view what,
                                                      Range range, Reading& reading) {
    const auto seconds =
        in_range(value, what, range, "it is in seconds, up to a day", reading.problems);
    if (!seconds) {
        return std::nullopt;
    }
    return std::chrono::milliseconds(std::llround(*seconds * 1000));
}

void read_health_protocol(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    if (one_of(health_protocols, value, "`protocol`", reading.problems, LetterCase::any)) {
        draft.protocol = &value;
    }
}

void read_line(const Value& value, CommandObject& command, Reading& /*reading*/) {
    command.line = &value;
}

void read_health_command(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    CommandObject command{&value};
    if (const Object* object = value.as<Object>()) {
        command.line = nullptr;
        read_object(*object, "command", health_command_fields(),
                    {"`command`", "", {value.span.begin, value.span.begin + 1}}, command, reading);
    }
    if (command.line != nullptr && command.line->as<std::string>()->empty()) {
        reading.problems.error("`command` is empty", command.line->span,
                               "write a line for the shell, which exits 0 when all is well");
    } else if (command.line != nullptr) {
        draft.command = command.line;
    }
}

bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte != 0x7F;
}

// As a URL has it, where a space or a control character is a `%` and two digits.
std::string as_in_url(std::string_view path) {
    std::string result;
    for (const char c : path) {
        result +=
            is_plain(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return result;
}

void read_health_path(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    const std::string& path = *value.as<std::string>();
    draft.path = &value;
    if (!path.starts_with('/')) {
        reading.problems.error("`path` must begin with `/`", value.span,
                               fmt::format("write `\"path\": \"/{}\"`", as_in_url(path)));
        return;
    }
    if (!std::all_of(path.begin(), path.end(), is_plain)) {
        reading.problems.error("`path` cannot have spaces or control characters", value.span,
                               "write a space as `%20`");
        return;
    }
}

void read_port_index(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    if (whole_in_range(value, "`port_index`", port_index_range, "the first port is `0`",
                       reading.problems)) {
        draft.port_index = &value;
    }
}

void read_interval(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    HealthCheck& check = draft.timing;
    check.interval =
        read_seconds(value, "`interval_seconds`", interval_range, reading).value_or(check.interval);
}

void read_timeout(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    HealthCheck& check = draft.timing;
    check.timeout =
        read_seconds(value, "`timeout_seconds`", interval_range, reading).value_or(check.timeout);
}

void read_grace(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    HealthCheck& check = draft.timing;
    check.grace =
        read_seconds(value, "`grace_period_seconds`", grace_range, reading).value_or(check.grace);
}

void read_failures(const Value& value, HealthCheckDraft& draft, Reading& reading) {
    const auto number = whole_in_range(value, "`max_consecutive_failures`", failures_range,
                                       "after so many in a row it is unhealthy; `3` is the default",
                                       reading.problems);
    draft.timing.max_failures = static_cast<int>(number.value_or(draft.timing.max_failures));
}

}  // namespace

const std::vector<Field<CommandObject>>& health_command_fields() {
    static const std::vector<Field<CommandObject>> fields{
        {{.name = "value",
          .type = JsonType::string,
          .meaning = "a line for `/bin/sh -c` in the container",
          .example = "\"pg_isready\"",
          .presence = Presence::required},
         read_line},
    };
    return fields;
}

const std::vector<Field<HealthCheckDraft>>& health_check_fields() {
    static const std::vector<Field<HealthCheckDraft>> fields{
        {{.name = "protocol",
          .type = JsonType::string,
          .meaning = "what is tried; by default `COMMAND`, `HTTP` or `TCP` by what else is said; "
                     "`NONE`: nothing, the image's own check is off",
          .example = "\"HTTP\"",
          .choices = health_protocols,
          .also_called = "type"},
         read_health_protocol},
        {{.name = "command",
          .type = JsonType::string,
          .or_type = JsonType::object,
          .meaning = "a line for `/bin/sh -c` in the container that exits 0 when all is well",
          .example = "\"pg_isready\""},
         read_health_command},
        {{.name = "path",
          .type = JsonType::string,
          .meaning = "what `HTTP` and `HTTPS` ask for, `/` by default",
          .example = "\"/health\""},
         read_health_path},
        {{.name = "port_index",
          .type = JsonType::whole_number,
          .meaning = "which entry of `ports` is tried, the first (0) by default",
          .example = "0",
          .also_called = "port"},
         read_port_index},
        {{.name = "interval_seconds",
          .type = JsonType::number,
          .meaning = "the time from one check to the next, 60 by default",
          .example = "10",
          .also_called = "interval period_seconds"},
         read_interval},
        {{.name = "timeout_seconds",
          .type = JsonType::number,
          .meaning = "how long a check may take, 20 by default",
          .example = "2.5",
          .also_called = "timeout"},
         read_timeout},
        {{.name = "grace_period_seconds",
          .type = JsonType::number,
          .meaning = "the time after its start in which failures do not count, 300 by default",
          .example = "60",
          .also_called = "start_period initial_delay_seconds delay_seconds"},
         read_grace},
        {{.name = "max_consecutive_failures",
          .type = JsonType::whole_number,
          .meaning = "the failures in a row that make it unhealthy, 3 by default",
          .example = "5",
          .also_called = "retries failure_threshold"},
         read_failures},
    };
    return fields;
}

void read_health_check(const Value& value, Draft& draft, Reading& reading) {
    read_object(*value.as<Object>(), "health_check", health_check_fields(),
                {"`health_check`", "", value.span}, draft.health_check.emplace(), reading);
}

void read_default_health_check(const Value& value, Draft& draft, Reading& /*reading*/) {
    draft.default_health_check = *value.as<bool>();
}

void read_minimum_capacity(const Value& value, Draft& draft, Reading& reading) {
    draft.container.minimum_capacity =
        in_range(value, "`minimum_capacity`", {0, 1},
                 "it is the part of the instances that must be healthy: `0.5` is half of them",
                 reading.problems)
            .value_or(1);
}

}  // namespace appliance
