#include "appliance/fields/persistence_fields.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "appliance/fields/id_value.hpp"
#include "appliance/terms.hpp"
#include "base/ascii.hpp"
#include "diagnostics/nearest.hpp"

namespace appliance {
namespace {

std::optional<std::string> driver_name(const Value& value, Reading& reading) {
    const std::string& name = *value.as<std::string>();
    const auto is_odd = [](char c) {
        return !base::is_letter_or_digit(c) &&
               std::string_view("._-/:@").find(c) == std::string::npos;
    };
    if (name.empty() || std::any_of(name.begin(), name.end(), is_odd)) {
        reading.problems.error(fmt::format("{} is no name of a volume driver", in_backticks(name)),
                               value.span, "write `local`, or the name of a plugin of the engine");
        return std::nullopt;
    }
    return name;
}

std::map<std::string, std::string> options_of_driver(const Value& value, Reading& reading) {
    std::map<std::string, std::string> options;
    for (const Member& option : *value.as<Object>()) {
        if (option.key.empty()) {
            reading.problems.error("an option of `driver_opts` has no name", option.key_span,
                                   "give it one, or remove it");
        } else if (check_type(JsonType::string, option.value,
                              fmt::format("the option {}", in_backticks(option.key)),
                              "a driver takes strings", reading.problems) == Fits::yes &&
                   check_no_nul(option.value, reading) == Fits::yes) {
            options[option.key] = *option.value.as<std::string>();
        }
    }
    return options;
}

void read_volume_driver(const Value& value, PersistenceDraft& draft, Reading& reading) {
    draft.driver = driver_name(value, reading).value_or("local");
}

void read_driver_options(const Value& value, PersistenceDraft& draft, Reading& reading) {
    draft.driver_options = options_of_driver(value, reading);
}

void read_volume_id(const Value& value, PersistentVolumeDraft& draft, Reading& reading) {
    draft.id_where = value.span;
    if (auto id = read_valid_id(value, reading.problems)) {
        draft.volume.id = VolumeId(*std::move(id));
    }
}

void read_scope(const Value& value, PersistentVolumeDraft& draft, Reading& reading) {
    if (one_of(volume_scopes, value, "`scope`", reading.problems, LetterCase::any) == "global") {
        draft.volume.scope = PersistentVolume::Scope::global;
    }
}

void read_own_driver(const Value& value, PersistentVolumeDraft& draft, Reading& reading) {
    draft.driver = driver_name(value, reading);
}

void read_own_options(const Value& value, PersistentVolumeDraft& draft, Reading& reading) {
    draft.driver_options = options_of_driver(value, reading);
}

void check_global_name(const PersistentVolumeDraft& draft, Reading& reading) {
    // A global volume's name on the engine is its id; a local one's begins with the appliance's.
    if (draft.volume.scope == PersistentVolume::Scope::global &&
        draft.volume.id.str().size() == 1) {
        reading.problems.error("the engine takes no volume name of one character", draft.id_where,
                               "a global volume is called by its `id` alone: make it longer");
    }
}

void read_persistent_volumes(const Value& value, PersistenceDraft& draft, Reading& reading) {
    std::map<std::string, Span> seen;
    for (const Value& entry : *value.as<Array>()) {
        if (check_type(JsonType::object, entry, "an entry of `volumes`",
                       "write an object, as in `{ \"id\": \"data\" }`",
                       reading.problems) == Fits::no) {
            draft.is_complete = false;
            continue;
        }
        PersistentVolumeDraft volume;
        volume.volume.where = entry.span;
        read_object(*entry.as<Object>(), "persistent_volume", persistent_volume_fields(),
                    {"this volume", "", {entry.span.begin, entry.span.begin + 1}}, volume, reading);
        if (volume.volume.id.empty()) {
            draft.is_complete = false;
            continue;
        }
        check_global_name(volume, reading);
        const auto [first, is_new] = seen.emplace(volume.volume.id.str(), volume.id_where);
        if (!is_new) {
            reading.problems.error(fmt::format("another volume is called {} already",
                                               in_backticks(volume.volume.id.str())),
                                   volume.id_where,
                                   fmt::format("it is in line {}: give one of them another `id`",
                                               reading.line(first->second)));
            continue;
        }
        draft.volumes.push_back(std::move(volume));
    }
}

void report_undeclared(const std::string& id, const std::vector<std::string_view>& declared,
                       Span where, Reading& reading) {
    if (reading.problems.full()) {
        return;
    }
    std::string hint = fmt::format(
        "declare it at the top: `\"data_persistence\": {{ \"volumes\": [ {{ \"id\": \"{}\" }} ] "
        "}}`",
        id);
    if (const auto meant = diagnostics::nearest(id, declared)) {
        hint = fmt::format("did you mean `{}`? Or declare it in `data_persistence`", *meant);
    } else if (!declared.empty()) {
        hint = fmt::format("declare it in `volumes` of `data_persistence`: `{{ \"id\": \"{}\" }}`",
                           id);
    }
    reading.problems.error(fmt::format("no persistent volume is called {}", in_backticks(id)),
                           where, std::move(hint));
}

}  // namespace

const std::vector<Field<PersistenceDraft>>& persistence_fields() {
    static const std::vector<Field<PersistenceDraft>> fields{
        {{.name = "volumes",
          .type = JsonType::list,
          .meaning = "the volumes that containers mount by their ids",
          .example = "[ { \"id\": \"data\" } ]"},
         read_persistent_volumes},
        {{.name = "volume_type",
          .type = JsonType::string,
          .meaning = "the volume driver of those that name none, `local` by default",
          .example = "\"local\""},
         read_volume_driver},
        {{.name = "driver_opts",
          .type = JsonType::object,
          .meaning = "the driver's options for those that have none of their own",
          .example = "{ \"type\": \"nfs\" }",
          .origin = Origin::compose,
          .also_called = "driver_options options"},
         read_driver_options},
    };
    return fields;
}

const std::vector<Field<PersistentVolumeDraft>>& persistent_volume_fields() {
    static const std::vector<Field<PersistentVolumeDraft>> fields{
        {{.name = "id",
          .type = JsonType::string,
          .meaning = "the name that containers mount it by",
          .example = "\"data\"",
          .presence = Presence::required,
          .also_called = "name"},
         read_volume_id},
        {{.name = "scope",
          .type = JsonType::string,
          .meaning = "`local` (default: the appliance's own) or `global` (shared by its id)",
          .example = "\"global\"",
          .choices = volume_scopes},
         read_scope},
        {{.name = "driver",
          .type = JsonType::string,
          .meaning = "its volume driver, `volume_type` by default",
          .example = "\"local\"",
          .origin = Origin::compose},
         read_own_driver},
        {{.name = "driver_opts",
          .type = JsonType::object,
          .meaning = "its driver's options",
          .example = "{ \"type\": \"tmpfs\", \"device\": \"tmpfs\" }",
          .origin = Origin::compose,
          .also_called = "driver_options options"},
         read_own_options},
    };
    return fields;
}

void check_mounted_volumes(const std::vector<Draft>& containers, const PersistenceDraft& declared,
                           Reading& reading) {
    std::vector<std::string_view> ids;
    for (const PersistentVolumeDraft& each : declared.volumes) {
        ids.push_back(each.volume.id.str());
    }
    const std::set<std::string_view> known(ids.begin(), ids.end());
    std::set<std::string_view> mounted;
    for (const Draft& draft : containers) {
        for (std::size_t i = 0; i < draft.container.mounts.size(); ++i) {
            const auto* id = std::get_if<VolumeId>(&draft.container.mounts[i].source);
            if (id == nullptr) {
                continue;
            }
            mounted.insert(id->str());
            if (declared.is_complete && known.count(id->str()) == 0) {
                report_undeclared(id->str(), ids, draft.mount_sources[i], reading);
            }
        }
    }
    for (const PersistentVolumeDraft& each : declared.volumes) {
        if (mounted.count(each.volume.id.str()) == 0) {
            reading.problems.warning(
                fmt::format("no container mounts {}", in_backticks(each.volume.id.str())),
                each.id_where, "mount it in a container's `volumes`, or remove it");
        }
    }
}

std::vector<PersistentVolume> volumes_of(PersistenceDraft draft) {
    std::vector<PersistentVolume> volumes;
    for (PersistentVolumeDraft& each : draft.volumes) {
        const bool of_that_driver = !each.driver || *each.driver == draft.driver;
        each.volume.driver = each.driver.value_or(draft.driver);
        if (each.driver_options) {
            each.volume.driver_options = *std::move(each.driver_options);
        } else if (of_that_driver) {  // another driver has other options
            each.volume.driver_options = draft.driver_options;
        }
        volumes.push_back(std::move(each.volume));
    }
    return volumes;
}

}  // namespace appliance
