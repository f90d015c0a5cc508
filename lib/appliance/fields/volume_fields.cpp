#include "appliance/fields/volume_fields.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "appliance/fields/id_value.hpp"
#include "appliance/fields/path_value.hpp"
#include "appliance/terms.hpp"

namespace appliance {
namespace {

void read_source(const Value& value, MountDraft& mount, Reading& reading) {
    if (check_no_nul(value, reading) == Fits::yes) {
        mount.source = &value;
    }
}

void read_target(const Value& value, MountDraft& mount, Reading& reading) {
    if (check_no_nul(value, reading) == Fits::yes) {
        mount.target = &value;
    }
}

// What Compose calls the types.
std::string_view type_here(std::string_view type) {
    return type == "bind"     ? "write `\"type\": \"host\"`"
           : type == "volume" ? "write `\"type\": \"persistent\"`"
           : type == "tmpfs"  ? "list its path in `tmpfs` of the container"
                              : "";
}

void read_volume_type(const Value& value, MountDraft& mount, Reading& reading) {
    const std::string& type = *value.as<std::string>();
    if (const std::string_view advice = type_here(type); !advice.empty()) {
        reading.problems.error(fmt::format("`type` cannot be `{}`", type), value.span,
                               std::string(advice));
        mount.type = "unknown";
        return;
    }
    mount.type = one_of(volume_types, value, "`type`", reading.problems).value_or("unknown");
}

void read_mode(const Value& value, MountDraft& mount, Reading& reading) {
    if (one_of(volume_modes, value, "`mode`", reading.problems, LetterCase::any) == "RO") {
        mount.access = Access::read_only;
    }
}

bool is_relative(std::string_view source) {
    return source.starts_with('.') || source.starts_with('~') ||
           (!source.starts_with('/') && source.find('/') != std::string_view::npos);
}

// How people who know Compose write a mount.
std::string advice_on_volume(const Value& entry) {
    const std::string* text = entry.as<std::string>();
    const std::size_t colon = text == nullptr ? std::string::npos : text->find(':');
    constexpr auto fallback = "it is one mount, as in `{ \"src\": \"data\", \"dest\": \"/data\" }`";
    if (colon == std::string::npos || text->find_first_of("\"\\") != std::string::npos) {
        return fallback;
    }
    const std::string source = text->substr(0, colon);
    std::string_view target = std::string_view(*text).substr(colon + 1);
    const bool read_only = target.ends_with(":ro");
    target = target.substr(0, target.find(':'));
    const auto written = [&](std::string_view from) {
        return fmt::format("`{{ \"src\": \"{}\", \"dest\": \"{}\"{} }}`", from, target,
                           read_only ? ", \"mode\": \"RO\"" : "");
    };
    Problems of_advice;  // what would be said of it then is not said now
    if (!mount_point(target, "", {}, of_advice)) {
        return fallback;
    }
    if (is_relative(source)) {
        return "a folder is named by its absolute path, as in " + written("/srv/data");
    }
    return source.starts_with('/') || read_valid_id(Value{source, {}}, of_advice)
               ? "write " + written(source)
               : fallback;
}

const Member* first_of(const Object& object, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        if (const Member* member = find_member(object, key)) {
            return member;
        }
    }
    return nullptr;
}

// Whether the entry has a source and a target, in one of the two spellings.
bool has_both_ends(const Object& entry, Span where, Reading& reading) {
    const Member* source = first_of(entry, {"src", "host_path"});
    const Member* target = first_of(entry, {"dest", "container_path"});
    const Member* newer = first_of(entry, {"src", "dest", "type"});
    const Member* older = first_of(entry, {"host_path", "container_path"});
    if (newer != nullptr && older != nullptr) {
        const Member& later = newer->key_span.begin < older->key_span.begin ? *older : *newer;
        reading.problems.error(fmt::format("`{}` does not go with `{}`", later.key,
                                           &later == older ? newer->key : older->key),
                               later.key_span,
                               "write `src`, `dest` and `type`, or the older `host_path` and "
                               "`container_path`");
        return false;
    }
    const auto check = [&](const Member* end, std::string_view key, std::string_view example) {
        if (end == nullptr && find_meant(entry, key, "volume") == nullptr) {
            reading.problems.error(fmt::format("this entry of `volumes` has no `{}`", key), where,
                                   fmt::format("add it, as in `\"{}\": \"{}\"`", key, example));
        }
    };
    const bool is_older = older != nullptr;
    check(source, is_older ? "host_path" : "src", is_older ? "/srv/data" : "data");
    check(target, is_older ? "container_path" : "dest", "/data");
    return source != nullptr && target != nullptr;
}

std::optional<VolumeId> volume_id(const Value& source, std::string_view type, Reading& reading) {
    const std::string& text = *source.as<std::string>();
    if (text.starts_with('/')) {  // with `"type": "persistent"` alone
        reading.problems.error("a persistent volume has an id, not a path", source.span,
                               "write the id of one of `data_persistence`, or "
                               "`\"type\": \"host\"` to mount this folder");
        return std::nullopt;
    }
    if (type.empty() && (is_relative(text) || text.empty())) {
        reading.problems.error(
            text.empty() ? std::string("`src` is empty")
                         : fmt::format("{} is no absolute path", in_backticks(text)),
            source.span,
            "a folder of the engine's machine begins with `/`, a persistent volume is named by "
            "its id");
        return std::nullopt;
    }
    auto id = read_valid_id(source, reading.problems);
    return id ? std::optional(VolumeId(*std::move(id))) : std::nullopt;
}

std::optional<std::variant<HostFolder, VolumeId>> source_of(const MountDraft& mount,
                                                            std::string_view key,
                                                            Reading& reading) {
    const std::string& text = *mount.source->as<std::string>();
    const bool is_host =
        mount.type == "host" || key == "host_path" || (mount.type.empty() && text.starts_with('/'));
    if (!is_host) {
        if (auto id = volume_id(*mount.source, mount.type, reading)) {
            return *std::move(id);
        }
        return std::nullopt;
    }
    if (auto path =
            absolute_path(text, fmt::format("`{}`", key), mount.source->span, reading.problems)) {
        return HostFolder{*std::move(path), mount.source->span};
    }
    return std::nullopt;
}

void read_volume(const Value& entry, Draft& draft, Reading& reading) {
    const Span brace{entry.span.begin, entry.span.begin + 1};
    const Object& object = *entry.as<Object>();
    MountDraft mount;
    read_object(object, "volume", volume_fields(), {"this entry of `volumes`", "", brace}, mount,
                reading);
    if (mount.type == "unknown" || !has_both_ends(object, brace, reading) ||
        mount.source == nullptr || mount.target == nullptr) {
        return;
    }
    const bool is_older = find_member(object, "host_path") != nullptr;
    auto source = source_of(mount, is_older ? "host_path" : "src", reading);
    auto target =
        mount_point(*mount.target->as<std::string>(), is_older ? "`container_path`" : "`dest`",
                    mount.target->span, reading.problems);
    if (source && target) {
        draft.container.mounts.push_back(
            {*std::move(source), *std::move(target), mount.access, entry.span});
        draft.mount_sources.push_back(mount.source->span);
        draft.mount_targets.push_back(mount.target->span);
    }
}

}  // namespace

const std::vector<Field<MountDraft>>& volume_fields() {
    static const std::vector<Field<MountDraft>> fields{
        {{.name = "src",
          .type = JsonType::string,
          .meaning =
              "a folder of the engine's machine (absolute), or the id of a persistent volume",
          .example = "\"data\"",
          .also_called = "source volume_name"},
         read_source},
        {{.name = "dest",
          .type = JsonType::string,
          .meaning = "the path in the container",
          .example = "\"/data\"",
          .also_called = "target destination mount_path"},
         read_target},
        {{.name = "type",
          .type = JsonType::string,
          .meaning = "`host` (default of an absolute path) or `persistent` (default of an id)",
          .example = "\"persistent\"",
          .choices = volume_types},
         read_volume_type},
        {{.name = "mode",
          .type = JsonType::string,
          .meaning = "`RW` (default) or `RO`: it can only be read",
          .example = "\"RO\"",
          .choices = volume_modes},
         read_mode},
        {{.name = "host_path",
          .type = JsonType::string,
          .meaning = "the older name of the `src` that is a folder",
          .example = "\"/srv/data\"",
          .also_called = "hostPath"},
         read_source},
        {{.name = "container_path",
          .type = JsonType::string,
          .meaning = "the older name of `dest`",
          .example = "\"/data\"",
          .also_called = "containerPath"},
         read_target},
    };
    return fields;
}

void read_volumes(const Value& value, Draft& draft, Reading& reading) {
    for (const Value& entry : *value.as<Array>()) {
        if (entry.as<Object>() != nullptr) {
            read_volume(entry, draft, reading);
        } else if (entry.as<Broken>() == nullptr) {
            reading.problems.error("an entry of `volumes` must be an object", entry.span,
                                   advice_on_volume(entry));
        }
    }
}

void check_mount_points(const Draft& draft, Reading& reading) {
    std::map<std::string_view, Span> taken;
    const auto take = [&](const std::string& path, Span where) {
        const auto [first, is_new] = taken.emplace(path, where);
        if (!is_new) {
            reading.problems.error(
                fmt::format("something is mounted on {} already", in_backticks(path)), where,
                fmt::format("it is in line {}: choose another path", reading.line(first->second)));
        }
    };
    for (std::size_t i = 0; i < draft.container.mounts.size(); ++i) {
        take(draft.container.mounts[i].target, draft.mount_targets[i]);
    }
    for (std::size_t i = 0; i < draft.container.extras.tmpfs.size(); ++i) {
        take(draft.container.extras.tmpfs[i].target, draft.tmpfs_targets[i]);
    }
}

}  // namespace appliance
