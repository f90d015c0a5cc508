#include "present/problem.hpp"

#include <algorithm>
#include <csignal>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "present/check_words.hpp"
#include "present/engine_text.hpp"
#include "present/exit_code.hpp"
#include "present/log_lines.hpp"
#include "present/runtime_text.hpp"

namespace present {
namespace {

ErrorCode code_of(engine::Unreachable::Why why) {
    using Why = engine::Unreachable::Why;
    switch (why) {
        case Why::permission_denied: return ErrorCode::engine_access_denied;
        case Why::unusable_address: return ErrorCode::engine_address_unusable;
        case Why::no_socket:
        case Why::refused:
        case Why::timed_out:
        case Why::other: break;
    }
    return ErrorCode::engine_unreachable;
}

ErrorCode code_of(const engine::Error& error) {
    return std::visit(
        base::Overload{
            [](const engine::Unreachable& e) { return code_of(e.why); },
            [](const engine::VersionMismatch&) { return ErrorCode::engine_version_unsupported; },
            [&](const engine::Refused&) {
                return exit_code_of(error) == exit_code::no_engine ? ErrorCode::engine_access_denied
                                                                   : ErrorCode::engine_refused;
            },
            [](const engine::Broken&) { return ErrorCode::engine_connection_broken; },
            [](const engine::Malformed&) { return ErrorCode::engine_reply_malformed; },
        },
        error);
}

ErrorCode code_of(const apply::InstanceFailed& failed) {
    using How = apply::InstanceFailed::How;
    switch (failed.how) {
        case How::exited:
            return failed.oom_killed ? ErrorCode::container_out_of_memory
                                     : ErrorCode::container_exited;
        case How::unhealthy: return ErrorCode::container_unhealthy;
        case How::removed: return ErrorCode::container_removed;
        case How::start_refused: return ErrorCode::container_start_refused;
        case How::create_refused: return ErrorCode::container_create_refused;
    }
    return ErrorCode::container_exited;
}

std::optional<Location> place_in(diagnostics::Span where, const Subject& subject) {
    return subject.source == nullptr || where == diagnostics::Span{}
               ? std::nullopt
               : std::optional(location(where, *subject.source));
}

const appliance::Container* container_called(const appliance::ContainerId& id,
                                             const Subject& subject) {
    if (subject.appliance == nullptr) {
        return nullptr;
    }
    const auto& all = subject.appliance->containers;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

CheckAnswer answer_of(const apply::PendingCheck& check) {
    return {asked(check), check.answer.substr(0, check.answer.find_last_not_of("\r\n ") + 1)};
}

Problem problem(ErrorCode code, Message message) { return {code, std::move(message)}; }

Problem problem(ErrorCode code, Message message, diagnostics::Span where, const Subject& subject) {
    Problem one{code, std::move(message)};
    one.where = place_in(where, subject);
    return one;
}

Problem problem(const apply::InstanceFailed& failed, Message message, const Subject& subject) {
    Problem one = problem(code_of(failed), std::move(message), failed.where, subject);
    one.container = failed.instance.container.str();
    one.instance = failed.instance.number;
    if (failed.how == apply::InstanceFailed::How::exited) {
        one.exit_code = failed.exit_code;
    }
    if (failed.check) {
        one.check = answer_of(*failed.check);
    }
    one.engine_message = failed.message;
    for (const std::string& line : failed.last_log_lines) {
        one.log.push_back(plain_log_line(line));
    }
    return one;
}

Problems problems_in(const apply::NotReady& failure, const std::vector<Message>& messages,
                     const Subject& subject) {
    Problems all;
    for (std::size_t i = 0; i < failure.failed.size(); ++i) {
        all.push_back(
            problem(failure.failed[i], messages[std::min(i, messages.size() - 1)], subject));
    }
    if (all.empty()) {
        all.push_back(problem(ErrorCode::not_in_goal_state, messages.front()));
    }
    for (std::size_t i = 0; i < failure.failed.size(); ++i) {
        for (const appliance::ContainerId& id : failure.failed[i].not_started) {
            all[i].blocks.push_back(id.str());
        }
    }
    // The rest was not started because any failure ends the starting of others.
    for (const appliance::ContainerId& id : failure.not_started) {
        all.front().blocks.push_back(id.str());
    }
    return all;
}

Problems problems_in(const apply::ImagesUnavailable& failure, const std::vector<Message>& messages,
                     const Subject& subject) {
    Problems all;
    for (std::size_t i = 0; i < failure.images.size(); ++i) {
        const apply::ImageUnavailable& image = failure.images[i];
        all.push_back(problem(image.why == apply::ImageUnavailable::Why::pull_failed
                                  ? ErrorCode::image_pull_failed
                                  : ErrorCode::image_missing,
                              messages[std::min(i, messages.size() - 1)], image.where, subject));
    }
    return all;
}

Problems problems_in(const apply::HostFoldersMissing& failure, const std::vector<Message>& messages,
                     const Subject& subject) {
    Problems all;
    for (std::size_t i = 0; i < failure.folders.size(); ++i) {
        Problem& one = all.emplace_back(problem(ErrorCode::host_folder_missing,
                                                messages[std::min(i, messages.size() - 1)],
                                                failure.folders[i].where, subject));
        one.container = failure.folders[i].container.str();
    }
    return all;
}

Problems problems_in(const apply::GoalMissed& failure, const std::vector<Message>& messages,
                     const Subject& subject) {
    Problems all;
    for (std::size_t i = 0; i < failure.containers.size(); ++i) {
        const appliance::Container* container = container_called(failure.containers[i].id, subject);
        Problem& one = all.emplace_back(
            problem(ErrorCode::not_in_goal_state, messages[std::min(i, messages.size() - 1)],
                    container == nullptr ? diagnostics::Span{} : container->where, subject));
        one.container = failure.containers[i].id.str();
    }
    return all;
}

// One for each container that is not ready; one without a container where it did not come to that.
Problems problems_in(const apply::TimedOut& failure, const Message& message,
                     const Subject& subject) {
    Problems all;
    for (const appliance::ContainerId& id : failure.unfinished) {
        const appliance::Container* container = container_called(id, subject);
        Problem& one = all.emplace_back(
            problem(ErrorCode::timed_out, message,
                    container == nullptr ? diagnostics::Span{} : container->where, subject));
        one.container = id.str();
        const auto check = std::find_if(failure.checks.begin(), failure.checks.end(),
                                        [&](const auto& each) { return each.container == id; });
        if (check != failure.checks.end()) {
            one.check = answer_of(*check);
        }
    }
    if (all.empty()) {
        all.push_back(problem(ErrorCode::timed_out, message));
    }
    return all;
}

std::string engine_message(const engine::Error& error) {
    const auto* refused = std::get_if<engine::Refused>(&error);
    return refused == nullptr ? "" : refused->message;
}

}  // namespace

std::string_view word(ErrorCode code) {
    switch (code) {
        case ErrorCode::wrong_usage: return "wrong-usage";
        case ErrorCode::document_unreadable: return "document-unreadable";
        case ErrorCode::document_invalid: return "document-invalid";
        case ErrorCode::engine_unreachable: return "engine-unreachable";
        case ErrorCode::engine_access_denied: return "engine-access-denied";
        case ErrorCode::engine_address_unusable: return "engine-address-unusable";
        case ErrorCode::engine_version_unsupported: return "engine-version-unsupported";
        case ErrorCode::engine_connection_broken: return "engine-connection-broken";
        case ErrorCode::engine_reply_malformed: return "engine-reply-malformed";
        case ErrorCode::engine_refused: return "engine-refused";
        case ErrorCode::no_such_appliance: return "no-such-appliance";
        case ErrorCode::no_such_container: return "no-such-container";
        case ErrorCode::no_such_endpoint: return "no-such-endpoint";
        case ErrorCode::image_pull_failed: return "image-pull-failed";
        case ErrorCode::image_missing: return "image-missing";
        case ErrorCode::host_port_taken: return "host-port-taken";
        case ErrorCode::name_taken: return "name-taken";
        case ErrorCode::container_renamed: return "container-renamed";
        case ErrorCode::network_in_use: return "network-in-use";
        case ErrorCode::container_state_unknown: return "container-state-unknown";
        case ErrorCode::host_folder_missing: return "host-folder-missing";
        case ErrorCode::subnet_too_small: return "subnet-too-small";
        case ErrorCode::still_there: return "still-there";
        case ErrorCode::container_exited: return "container-exited";
        case ErrorCode::container_out_of_memory: return "container-out-of-memory";
        case ErrorCode::container_unhealthy: return "container-unhealthy";
        case ErrorCode::container_removed: return "container-removed";
        case ErrorCode::container_start_refused: return "container-start-refused";
        case ErrorCode::container_create_refused: return "container-create-refused";
        case ErrorCode::not_in_goal_state: return "not-in-goal-state";
        case ErrorCode::taken_over: return "taken-over";
        case ErrorCode::timed_out: return "timed-out";
        case ErrorCode::interrupted: return "interrupted";
        case ErrorCode::terminated: return "terminated";
    }
    return "";
}

Location location(diagnostics::Span span, const diagnostics::Source& source) {
    return {source.name(), source.position(span.begin), source.position(span.end)};
}

std::vector<Message> messages_of(const Problems& problems) {
    std::vector<Message> messages;
    for (const Problem& problem : problems) {
        if (messages.empty() || messages.back() != problem.message) {
            messages.push_back(problem.message);
        }
    }
    return messages;
}

Problems problems_of(const apply::Failure& failure, const Subject& subject) {
    const std::vector<Message> messages = explain(failure, subject);
    const Message& first = messages.front();
    return std::visit(
        base::Overload{
            [&](const apply::NoSuchAppliance& f) {
                Problem one = problem(ErrorCode::no_such_appliance, first);
                one.appliance = f.id.str();
                return Problems{one};
            },
            [&](const apply::ImagesUnavailable& f) { return problems_in(f, messages, subject); },
            [&](const apply::PortTaken& f) {
                return Problems{problem(ErrorCode::host_port_taken, first, f.where, subject)};
            },
            [&](const apply::NameTaken&) {
                return Problems{problem(ErrorCode::name_taken, first)};
            },
            [&](const apply::Renamed&) {
                return Problems{problem(ErrorCode::container_renamed, first)};
            },
            [&](const apply::UnknownState&) {
                return Problems{problem(ErrorCode::container_state_unknown, first)};
            },
            [&](const apply::HostFoldersMissing& f) { return problems_in(f, messages, subject); },
            [&](const apply::SubnetTooSmall&) {
                return Problems{problem(ErrorCode::subnet_too_small, first)};
            },
            [&](const apply::NetworkInUse&) {
                return Problems{problem(ErrorCode::network_in_use, first)};
            },
            [&](const apply::NotReady& f) { return problems_in(f, messages, subject); },
            [&](const apply::GoalMissed& f) { return problems_in(f, messages, subject); },
            [&](const apply::NotGone&) { return Problems{problem(ErrorCode::still_there, first)}; },
            [&](const apply::TimedOut& f) { return problems_in(f, first, subject); },
            [&](const apply::Interrupted& f) {
                return Problems{problem(
                    f.signal == SIGTERM ? ErrorCode::terminated : ErrorCode::interrupted, first)};
            },
            [&](const apply::TakenOver&) {
                return Problems{problem(ErrorCode::taken_over, first)};
            },
            [&](const apply::CallFailed& f) {
                Problem one = problem(code_of(f.error), first);
                one.engine_message = engine_message(f.error);
                return Problems{one};
            },
        },
        failure);
}

Problem problem_of(const engine::Error& error) {
    Problem one = problem(code_of(error), explain(error));
    one.engine_message = engine_message(error);
    return one;
}

Problems problems_of(const diagnostics::Diagnostics& diagnostics,
                     const diagnostics::Source& source) {
    Problems all;
    for (const diagnostics::Diagnostic& found : diagnostics) {
        if (found.severity == diagnostics::Severity::error) {
            Problem& one = all.emplace_back();
            one.code = ErrorCode::document_invalid;
            one.message.headline = found.message;
            one.message.hint = found.hint;
            if (found.where) {
                one.where = location(*found.where, source);
            }
        }
    }
    return all;
}

Problems problems_of(const plan::ApplianceStatus& status) {
    Problems all;
    for (const plan::ContainerStatus& container : status.containers) {
        if (!plan::is_in_goal_state(container)) {
            Problem& one = all.emplace_back();
            one.code = ErrorCode::not_in_goal_state;
            one.message.headline =
                fmt::format("`{}` is {}{}{}", container.id, plan::name(container.state),
                            container.reason.empty() ? "" : ": ", plain_reason(container.reason));
            one.appliance = status.id.str();
            one.container = container.id.str();
        }
    }
    return all;
}

}  // namespace present
