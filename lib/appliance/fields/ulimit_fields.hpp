#pragma once

#include <optional>
#include <vector>

#include "appliance/draft.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {

// `{ "soft": …, "hard": … }` while it is read.
struct UlimitDraft {
    std::optional<std::int64_t> soft, hard;
};

[[nodiscard]] const std::vector<Field<UlimitDraft>>& ulimit_fields();

void read_ulimits(const Value& value, Draft& draft, Reading& reading);

}  // namespace appliance
