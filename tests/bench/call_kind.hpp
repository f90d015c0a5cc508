#pragma once

#include <string>
#include <vector>

#include "bench/recorder.hpp"

namespace bench {

// What a call of the Engine API is for.
enum class CallKind {
    read,
    events,
    write_record,
    create_network,
    create,
    update,
    start,
    stop,
    remove,
    remove_network,
    remove_volume,
    other  // an exec, and what else may come
};

[[nodiscard]] CallKind kind_of(const RecordedCall& call);

// /v1.41/containers/NAME/start?t=1: {"containers", "NAME", "start"}
[[nodiscard]] std::vector<std::string> segments(const std::string& target);

}  // namespace bench
