#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "appliance/json_number.hpp"
#include "appliance/path_value.hpp"
#include "appliance/quantity.hpp"
#include "appliance/value_check.hpp"
#include "appliance/volume_fields.hpp"
#include "appliance/wording.hpp"
#include "base/ascii.hpp"
#include "diagnostics/nearest.hpp"

// `tmpfs`: folders in memory, `path[:options]`.
namespace appliance {
namespace {

constexpr std::array<std::string_view, 22> mount_flags{
    "defaults", "ro",         "rw",          "suid",         "nosuid",   "dev",
    "nodev",    "exec",       "noexec",      "sync",         "async",    "dirsync",
    "mand",     "nomand",     "atime",       "noatime",      "diratime", "nodiratime",
    "relatime", "norelatime", "strictatime", "nostrictatime"};
constexpr std::array<std::string_view, 7> mount_amounts{"size", "mode",      "uid",      "gid",
                                                        "mpol", "nr_inodes", "nr_blocks"};

constexpr std::array<std::string_view, 5> memory_policies{"default", "prefer", "bind", "interleave",
                                                          "local"};
constexpr double most_of_tmpfs = 17'592'186'044'416;  // bytes, or files: 16 Ti
constexpr std::int64_t last_user = 4'294'967'294;     // the one above it means nobody to Linux

bool are_digits(std::string_view text, char last = '9') {
    return !text.empty() && text.size() <= 15 &&
           std::all_of(text.begin(), text.end(), [&](char c) { return c >= '0' && c <= last; });
}

// Digits with `k`, `m` or `g` behind them, or nothing.
bool is_amount(std::string_view value) {
    constexpr std::string_view units = "kKmMgG";
    const std::string_view digits =
        value.substr(0, std::min(value.find_first_of(units), value.size()));
    return are_digits(digits) && value.size() - digits.size() <= 1 &&
           parse_bytes(value).value_or(most_of_tmpfs + 1) <= most_of_tmpfs;
}

bool is_value_of(std::string_view name, std::string_view value) {
    if (name == "mode") {
        return are_digits(value, '7') && value.size() <= (value.front() == '0' ? 5 : 4);
    }
    if (name == "uid" || name == "gid") {
        return are_digits(value) && to_whole(value).value_or(last_user + 1) <= last_user;
    }
    if (name == "mpol") {
        const std::string_view policy = value.substr(0, value.find_first_of(":="));
        return std::find(memory_policies.begin(), memory_policies.end(), policy) !=
               memory_policies.end();
    }
    const bool is_share = name == "size" && value.ends_with('%');
    return is_share ? are_digits(value.substr(0, value.size() - 1)) && value.size() <= 4
                    : is_amount(value);
}

std::string advice_on_option(std::string_view name) {
    std::vector<std::string_view> known(mount_flags.begin(), mount_flags.end());
    known.insert(known.end(), mount_amounts.begin(), mount_amounts.end());
    const auto meant = diagnostics::nearest(name, known);
    return meant && *meant != name ? fmt::format("did you mean `{}`?", *meant)
                                   : "write options like `size=64m`, `mode=1777`, `ro`, `noexec`";
}

// Whether the engine takes each of the options.
bool check_options(std::string_view options, Span where, Reading& reading) {
    while (!options.empty()) {
        const std::size_t end = std::min(options.find(','), options.size());
        const std::string_view option = options.substr(0, end);
        options.remove_prefix(std::min(end + 1, options.size()));
        const std::size_t equals = option.find('=');
        const std::string_view name = option.substr(0, equals);
        const auto is_in = [&](const auto& names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        const bool has_value = equals != std::string_view::npos && is_in(mount_amounts);
        if (has_value && !is_value_of(name, option.substr(equals + 1))) {
            reading.problems.error(fmt::format("{} is no option of `tmpfs`", in_backticks(option)),
                                   where, "sizes are like `64m` or `10%`, modes like `1777`");
            return false;
        }
        if (!has_value && !(equals == std::string_view::npos && is_in(mount_flags))) {
            reading.problems.error(fmt::format("{} is no option of `tmpfs`", in_backticks(option)),
                                   where, advice_on_option(name));
            return false;
        }
    }
    return true;
}

void read_tmpfs_entry(const Value& entry, Draft& draft, Reading& reading) {
    if (check_no_nul(entry, reading) == Fits::no) {
        return;
    }
    const std::string_view text = *entry.as<std::string>();
    const std::size_t colon = text.find(':');
    const std::string_view options =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    auto target =
        mount_point(text.substr(0, colon), "a path of `tmpfs`", entry.span, reading.problems);
    if (target && check_options(options, entry.span, reading)) {
        draft.container.extras.tmpfs.push_back({*std::move(target), std::string(options)});
        draft.tmpfs_targets.push_back(entry.span);
    }
}

}  // namespace

void read_tmpfs(const Value& value, Draft& draft, Reading& reading) {
    const Array* entries = value.as<Array>();
    if (entries == nullptr) {
        read_tmpfs_entry(value, draft, reading);
        return;
    }
    for (const Value& entry : *entries) {
        if (check_type(JsonType::string, entry, "an entry of `tmpfs`",
                       "write `\"/tmp\"`, or `\"/tmp:size=64m\"`", reading.problems) == Fits::yes) {
            read_tmpfs_entry(entry, draft, reading);
        }
    }
}

}  // namespace appliance
