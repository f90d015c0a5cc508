#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "appliance/fields/path_value.hpp"
#include "appliance/fields/volume_fields.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"
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

bool are_digits(std::string_view text, char last = '9') {
    return !text.empty() && text.size() <= 15 &&
           std::all_of(text.begin(), text.end(), [&](char c) { return c >= '0' && c <= last; });
}

bool is_value_of(std::string_view name, std::string_view value) {
    if (name == "mode") {
        return are_digits(value, '7') && value.size() <= (value.front() == '0' ? 5 : 4);
    }
    if (name == "uid" || name == "gid") {
        return are_digits(value) && value.size() <= 10;
    }
    if (name == "mpol") {
        return !value.empty();
    }
    constexpr std::string_view units = "kKmMgG";
    const bool is_size = name == "size";
    if (!value.empty() &&
        (units.find(value.back()) != std::string_view::npos || (is_size && value.back() == '%'))) {
        value.remove_suffix(1);
    }
    return are_digits(value);
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
        const bool is_amount = equals != std::string_view::npos && is_in(mount_amounts);
        if (is_amount && !is_value_of(name, option.substr(equals + 1))) {
            reading.problems.error(fmt::format("{} is no option of `tmpfs`", in_backticks(option)),
                                   where, "sizes are like `64m` or `10%`, modes like `1777`");
            return false;
        }
        if (!is_amount && !(equals == std::string_view::npos && is_in(mount_flags))) {
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
