#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/status.hpp"
#include "present/failure_text.hpp"
#include "present/message.hpp"

namespace present {

// What went wrong, as a script can tell it: the words never change within a major version, more may
// be added.
enum class ErrorCode {
    wrong_usage,
    document_unreadable,
    document_invalid,
    engine_unreachable,
    engine_access_denied,
    engine_address_unusable,
    engine_version_unsupported,
    engine_connection_broken,
    engine_reply_malformed,
    engine_refused,
    no_such_appliance,
    no_such_container,
    no_such_endpoint,
    image_pull_failed,
    image_missing,
    host_port_taken,
    name_taken,
    container_renamed,
    network_in_use,
    container_state_unknown,
    host_folder_missing,
    subnet_too_small,
    still_there,
    container_exited,
    container_out_of_memory,
    container_unhealthy,
    container_removed,
    container_start_refused,
    container_create_refused,
    not_in_goal_state,
    taken_over,
    timed_out,
    interrupted,
    terminated,
};

[[nodiscard]] std::string_view word(ErrorCode code);  // "image-pull-failed"

// A document, or a span in it: lines and columns are counted from 1, the end is behind its last
// character.
struct Location {
    std::string file;
    std::optional<diagnostics::Position> begin = std::nullopt, end = std::nullopt;

    friend bool operator==(const Location&, const Location&) = default;
};

[[nodiscard]] Location location(diagnostics::Span span, const diagnostics::Source& source);

struct CheckAnswer {
    std::string asked;   // "GET http://127.0.0.1:32768/version"
    std::string answer;  // may be empty
};

// One thing that went wrong: its words, and the same as data. What does not apply is empty.
struct Problem {
    ErrorCode code = ErrorCode::wrong_usage;
    Message message = {};
    std::string appliance = {};
    std::string container = {};
    std::optional<int> instance = std::nullopt;
    std::optional<int> exit_code = std::nullopt;  // of the instance
    std::optional<Location> where = std::nullopt;
    std::optional<CheckAnswer> check = std::nullopt;
    std::string engine_message = {};       // the engine's own words
    std::vector<std::string> log = {};     // its last lines
    std::vector<std::string> blocks = {};  // containers that were not started because of it
};

using Problems = std::vector<Problem>;

[[nodiscard]] std::vector<Message> messages_of(const Problems& problems);

// At least one, with the words of `explain`.
[[nodiscard]] Problems problems_of(const apply::Failure& failure, const Subject& subject);

// Of connecting to the engine.
[[nodiscard]] Problem problem_of(const engine::Error& error);

// The errors alone, no warnings.
[[nodiscard]] Problems problems_of(const diagnostics::Diagnostics& diagnostics,
                                   const diagnostics::Source& source);

// Of what is not in its goal state.
[[nodiscard]] Problems problems_of(const plan::ApplianceStatus& status);

}  // namespace present
