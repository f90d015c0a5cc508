#pragma once

#include "engine/json.hpp"
#include "engine/types.hpp"

namespace engine {

// The engine refuses a retry count with any policy but on-failure.
[[nodiscard]] inline Json to_json(const RestartPolicy& policy) {
    Json json = {{"Name", policy.name}};
    if (policy.name == "on-failure") {
        json["MaximumRetryCount"] = policy.maximum_retry_count;
    }
    return json;
}

}  // namespace engine
