#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "appliance/draft.hpp"
#include "appliance/object_reader.hpp"

// `data_persistence`: the volumes that outlive the containers.
namespace appliance {

inline constexpr std::array<std::string_view, 2> volume_scopes{"local", "global"};

// An entry of `data_persistence.volumes` while it is read.
struct PersistentVolumeDraft {
    PersistentVolume volume;
    Span id_where;
    std::optional<std::string> driver;
    std::optional<std::map<std::string, std::string>> driver_options;
};

struct PersistenceDraft {
    std::string driver = "local";
    std::map<std::string, std::string> driver_options;
    std::vector<PersistentVolumeDraft> volumes;
    bool is_complete = true;  // no entry had to be left out
};

[[nodiscard]] const std::vector<Field<PersistenceDraft>>& persistence_fields();
[[nodiscard]] const std::vector<Field<PersistentVolumeDraft>>& persistent_volume_fields();

// What is mounted is declared, and what is declared is mounted.
void check_mounted_volumes(const std::vector<Draft>& containers, const PersistenceDraft& declared,
                           Reading& reading);

// The volumes, with the defaults of all where they say nothing themselves.
[[nodiscard]] std::vector<PersistentVolume> volumes_of(PersistenceDraft draft);

}  // namespace appliance
