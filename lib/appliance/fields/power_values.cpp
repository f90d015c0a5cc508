#include "appliance/fields/power_values.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "appliance/fields/linux_names.hpp"
#include "appliance/fields/path_value.hpp"
#include "appliance/fields/quantity.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"
#include "base/ascii.hpp"
#include "diagnostics/nearest.hpp"

namespace appliance {
namespace {

constexpr std::string_view shm_advice = "write bytes, or one like `64m` or `1gb`";

std::vector<std::string> read_capabilities(const Value& value, std::string_view what,
                                           Reading& reading) {
    const auto names = capability_names();
    std::vector<std::string> capabilities;
    std::set<std::string> seen;
    for (const Value& entry : *value.as<Array>()) {
        if (check_type(JsonType::string, entry, fmt::format("an entry of {}", what),
                       "write the name of a capability, as in `\"NET_ADMIN\"`",
                       reading.problems) == Fits::no) {
            continue;
        }
        constexpr std::string_view prefix = "CAP_";
        const std::string& text = *entry.as<std::string>();
        std::string name = base::in_upper_case(text);
        if (name.starts_with(prefix)) {
            name.erase(0, prefix.size());
        }
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            const auto meant = diagnostics::nearest(name, {names.begin(), names.end()});
            reading.problems.error(fmt::format("there is no capability {}", in_backticks(text)),
                                   entry.span,
                                   meant ? fmt::format("did you mean `{}`?", *meant)
                                         : "write one like `NET_ADMIN` or `SYS_PTRACE`, or `ALL`");
        } else if (!seen.insert(name).second) {
            reading.problems.error(fmt::format("{} is listed twice", in_backticks(text)),
                                   entry.span, "remove one of the two");
        } else {
            capabilities.push_back(std::move(name));
        }
    }
    return capabilities;
}

bool is_permissions(std::string_view text) {
    const std::set<char> letters(text.begin(), text.end());
    return !text.empty() && letters.size() == text.size() &&
           text.find_first_not_of("rwm") == std::string_view::npos;
}

std::optional<Device> read_device(const Value& entry, Reading& reading) {
    const std::string_view text = *entry.as<std::string>();
    const std::size_t first = text.find(':');
    const std::string_view host = text.substr(0, first);
    std::string_view container = first == std::string_view::npos ? host : text.substr(first + 1);
    std::string_view permissions = "rwm";
    if (first != std::string_view::npos) {
        const std::size_t second = container.find(':');
        if (second != std::string_view::npos) {
            permissions = container.substr(second + 1);
            container = container.substr(0, second);
        } else if (is_permissions(container)) {  // `/dev/fuse:rw`
            permissions = container;
            container = host;
        }
    }
    if (!is_permissions(permissions)) {
        reading.problems.error(
            fmt::format("{} is no way to use a device", in_backticks(permissions)), entry.span,
            "write `r`, `w` and `m` (read, write, make nodes), each at most once");
        return std::nullopt;
    }
    const auto on_host = absolute_path(host, "a device on the host", entry.span, reading.problems);
    if (!on_host) {
        return std::nullopt;
    }
    auto in_container =
        mount_point(container, "a device in the container", entry.span, reading.problems);
    if (!in_container) {
        return std::nullopt;
    }
    return Device{*on_host, *std::move(in_container), std::string(permissions)};
}

}  // namespace

void read_is_privileged(const Value& value, Draft& draft, Reading& /*reading*/) {
    draft.container.privileged = *value.as<bool>();
}

void read_cap_add(const Value& value, Draft& draft, Reading& reading) {
    draft.container.extras.cap_add = read_capabilities(value, "`cap_add`", reading);
}

void read_cap_drop(const Value& value, Draft& draft, Reading& reading) {
    draft.container.extras.cap_drop = read_capabilities(value, "`cap_drop`", reading);
}

void read_read_only(const Value& value, Draft& draft, Reading& /*reading*/) {
    draft.container.extras.read_only = *value.as<bool>();
}

void read_shm_size(const Value& value, Draft& draft, Reading& reading) {
    if (value.as<Number>() != nullptr) {
        draft.container.extras.shm_size =
            whole_in_range(value, "`shm_size`", {1, most_shm}, shm_advice, reading.problems);
        return;
    }
    const std::string& text = *value.as<std::string>();
    const auto bytes = parse_bytes(text);
    if (!bytes) {
        reading.problems.error(fmt::format("{} is no size", in_backticks(text)), value.span,
                               std::string(shm_advice));
    } else if (*bytes < 1) {
        reading.problems.error(
            fmt::format("`shm_size` is {}, the least is 1 byte", in_backticks(text)), value.span,
            std::string(shm_advice));
    } else if (*bytes > most_shm) {
        reading.problems.error(
            fmt::format("`shm_size` is {}, the most is 16 TiB", in_backticks(text)), value.span,
            std::string(shm_advice));
    } else {
        draft.container.extras.shm_size = static_cast<std::int64_t>(*bytes);
    }
}

void read_devices(const Value& value, Draft& draft, Reading& reading) {
    std::map<std::string, Span> taken;
    for (const Value& entry : *value.as<Array>()) {
        if (check_type(JsonType::string, entry, "an entry of `devices`",
                       "write `\"/dev/fuse\"`, or `\"/dev/sda:/dev/disk:r\"`",
                       reading.problems) == Fits::no ||
            check_no_nul(entry, reading) == Fits::no) {
            continue;
        }
        auto device = read_device(entry, reading);
        if (!device) {
            continue;
        }
        const auto [first, is_new] = taken.emplace(device->in_container, entry.span);
        if (!is_new) {
            reading.problems.error(
                fmt::format("another device is {} in the container already",
                            in_backticks(device->in_container)),
                entry.span,
                fmt::format("it is in line {}: keep one of the two", reading.line(first->second)));
        } else {
            draft.container.extras.devices.push_back(*std::move(device));
        }
    }
}

}  // namespace appliance
