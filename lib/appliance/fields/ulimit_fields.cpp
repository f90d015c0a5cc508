#include "appliance/fields/ulimit_fields.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "appliance/fields/linux_names.hpp"
#include "appliance/terms.hpp"
#include "diagnostics/nearest.hpp"

namespace appliance {
namespace {

constexpr Range ulimit_range{-1, 9007199254740991};  // what JSON numbers are exact to
constexpr std::string_view ulimit_advice = "`-1` is no limit";

std::optional<std::int64_t> read_limit(const Value& value, std::string_view what,
                                       Reading& reading) {
    return whole_in_range(value, what, ulimit_range, ulimit_advice, reading.problems);
}

void read_soft(const Value& value, UlimitDraft& draft, Reading& reading) {
    draft.soft = read_limit(value, "`soft`", reading);
}

void read_hard(const Value& value, UlimitDraft& draft, Reading& reading) {
    draft.hard = read_limit(value, "`hard`", reading);
}

std::int64_t as_height(std::int64_t limit) {
    return limit == -1 ? std::numeric_limits<std::int64_t>::max() : limit;
}

void report_unknown_ulimit(const Member& member, Reading& reading) {
    if (reading.problems.full()) {
        return;
    }
    const auto names = ulimit_names();
    std::string hint = "write one like `nofile`, `nproc`, `memlock` or `core`";
    if (const auto meant = diagnostics::nearest(member.key, {names.begin(), names.end()})) {
        hint = fmt::format("did you mean `{}`?", *meant);
    }
    reading.problems.error(fmt::format("there is no limit called {}", in_backticks(member.key)),
                           member.key_span, hint);
}

UlimitDraft read_ulimit(const Member& member, Reading& reading) {
    const std::string what = fmt::format("the limit {}", in_backticks(member.key));
    UlimitDraft draft;
    if (const Object* object = member.value.as<Object>()) {
        read_object(*object, "ulimit", ulimit_fields(),
                    {what, "", {member.value.span.begin, member.value.span.begin + 1}}, draft,
                    reading);
    } else if (check_type(JsonType::whole_number, member.value) == Fits::yes) {
        draft.soft = read_limit(member.value, what, reading);
        draft.hard = draft.soft;
    } else {
        report_type(JsonType::whole_number, JsonType::object, member.value, what,
                    "write a number, or `{ \"soft\": 1024, \"hard\": 2048 }`", reading.problems);
    }
    return draft;
}

}  // namespace

const std::vector<Field<UlimitDraft>>& ulimit_fields() {
    static const std::vector<Field<UlimitDraft>> fields{
        {{.name = "soft",
          .type = JsonType::whole_number,
          .meaning = "the limit that a process has, and may raise; -1: none",
          .example = "1024",
          .origin = Origin::compose,
          .presence = Presence::required},
         read_soft},
        {{.name = "hard",
          .type = JsonType::whole_number,
          .meaning = "the limit up to which it may raise it; -1: none",
          .example = "65536",
          .origin = Origin::compose,
          .presence = Presence::required},
         read_hard},
    };
    return fields;
}

void read_ulimits(const Value& value, Draft& draft, Reading& reading) {
    const auto names = ulimit_names();
    for (const Member& member : *value.as<Object>()) {
        if (std::find(names.begin(), names.end(), member.key) == names.end()) {
            report_unknown_ulimit(member, reading);
            continue;
        }
        const UlimitDraft limit = read_ulimit(member, reading);
        if (!limit.soft || !limit.hard) {
            continue;
        }
        if (as_height(*limit.soft) > as_height(*limit.hard)) {
            reading.problems.error(fmt::format("the soft limit {} of {} is above the hard one, {}",
                                               *limit.soft, in_backticks(member.key), *limit.hard),
                                   member.value.span, "lower `soft`, or raise `hard`");
            continue;
        }
        draft.container.extras.ulimits.push_back({member.key, *limit.soft, *limit.hard});
    }
}

}  // namespace appliance
