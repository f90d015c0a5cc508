#pragma once

#include <vector>

#include "apply/failure.hpp"
#include "present/message.hpp"

namespace present {

// What a command was about: what its failures are told with.
struct Subject {
    enum class Command { up, plan, status, down };
    Command command = Command::up;
    appliance::ApplianceId id;
    const appliance::Appliance* appliance = nullptr;  // null where there was no document
    const diagnostics::Source* source = nullptr;      // of the document; null as above
};

// At least one message; several where several containers failed.
[[nodiscard]] std::vector<Message> explain(const apply::Failure& failure, const Subject& subject);

// What became of the old ones of an update that failed, a line each: it is known later than the
// failure. May be empty.
[[nodiscard]] std::string what_was_put_right(const apply::Failure& failure, const Subject& subject);

}  // namespace present
