#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "appliance/draft.hpp"
#include "appliance/object_reader.hpp"

// `volumes` of a container: what it mounts.
namespace appliance {

inline constexpr std::array<std::string_view, 2> volume_types{"host", "persistent"};
inline constexpr std::array<std::string_view, 2> volume_modes{"RW", "RO"};

// An entry of `volumes` while it is read.
struct MountDraft {
    const Value* source = nullptr;  // strings
    const Value* target = nullptr;
    std::string_view type;  // empty: it is not said
    Access access = Access::read_write;
};

[[nodiscard]] const std::vector<Field<MountDraft>>& volume_fields();

void read_volumes(const Value& value, Draft& draft, Reading& reading);
void read_tmpfs(const Value& value, Draft& draft, Reading& reading);

// In one container a path is mounted once, by `volumes` or `tmpfs`.
void check_mount_points(const Draft& draft, Reading& reading);

}  // namespace appliance
