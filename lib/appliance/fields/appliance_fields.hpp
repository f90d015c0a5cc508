#pragma once

#include <string>
#include <vector>

#include "appliance/draft.hpp"
#include "appliance/fields/persistence_fields.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {

struct ApplianceDraft {
    ApplianceId id;
    std::vector<Draft> containers;
    PersistenceDraft persistence;
};

[[nodiscard]] const std::vector<Field<ApplianceDraft>>& appliance_fields();

}  // namespace appliance
