#include "present/engine_text.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/overload.hpp"
#include "present/engine_advice.hpp"
#include "present/runtime_text.hpp"

namespace present {
namespace {

constexpr auto say_where = "say where the engine is with --host or DOCKER_HOST";

Message advise(std::string headline, std::string hint) {
    Message message;
    message.headline = std::move(headline);
    message.hint = std::move(hint);
    return message;
}

std::string or_else(const std::string& detail, std::string_view otherwise) {
    return detail.empty() ? std::string(otherwise) : detail;
}

bool is_remote(const std::string& address) {
    return address.find("://") != std::string::npos && !address.starts_with("unix:");
}

// What to do where nothing answers at the address.
std::string start_it(const engine::Unreachable& error) {
    std::string others;
    for (const std::string& other : error.others) {
        others += fmt::format("{}`--host unix://{}`", others.empty() ? "" : " or ", other);
    }
    return others.empty() ? "start it with `systemctl start docker`, or say where it is with "
                            "--host or DOCKER_HOST"
                          : fmt::format(
                                "start it with `systemctl start docker`, or use {}, which "
                                "{} there",
                                others, error.others.size() == 1 ? "is" : "are");
}

Message explain_unreachable(const engine::Unreachable& error) {
    using Why = engine::Unreachable::Why;
    switch (error.why) {
        case Why::no_socket:
            return advise(fmt::format("no Docker Engine at {}: no such file", error.address),
                          start_it(error));
        case Why::permission_denied:
            return advise(
                fmt::format("no permission to use {}", error.address),
                "use sudo, or join the group: `sudo usermod -aG docker $USER`, then log in again");
        case Why::refused:
            return advise(
                fmt::format("no Docker Engine listens at {}: connection refused", error.address),
                start_it(error));
        case Why::unusable_address: {
            const std::string headline =
                fmt::format("the engine's address `{}` cannot be used: {}", error.address,
                            or_else(error.detail, "it is no Unix socket"));
            if (is_remote(error.address)) {
                return advise(headline,
                              "bring a remote socket here with `ssh -NL "
                              "/tmp/docker.sock:/var/run/docker.sock "
                              "HOST`, then use --host unix:///tmp/docker.sock");
            }
            return advise(headline,
                          "give the path of a socket, as in --host unix:///var/run/docker.sock");
        }
        case Why::timed_out:
            return advise(fmt::format("the Docker Engine at {} does not answer", error.address),
                          "`systemctl status docker` tells how it is, `systemctl restart docker` "
                          "starts it anew");
        case Why::other: break;
    }
    return advise(fmt::format("the Docker Engine at {} cannot be reached: {}", error.address,
                              or_else(error.detail, "unknown reason")),
                  say_where);
}

Message explain_mismatch(const engine::VersionMismatch& error) {
    const std::string ours = fmt::format("pivot speaks {} to {}", error.ours_min, error.ours_max);
    if (error.engine_max.empty() && !error.engine_min.empty()) {
        return advise(fmt::format("the engine at {} speaks API {} and newer, pivot up to {}",
                                  error.address, error.engine_min, error.ours_max),
                      "bring pivot up to date");
    }
    if (error.engine_max.empty()) {
        return advise(fmt::format("the engine at {} does not say which API it speaks; {}",
                                  error.address, ours),
                      say_where);
    }
    const std::string theirs =
        error.engine_min.empty() ? fmt::format("API up to {}", error.engine_max)
                                 : fmt::format("API {} to {}", error.engine_min, error.engine_max);
    return advise(fmt::format("the engine at {} speaks {}, {}", error.address, theirs, ours),
                  "bring the older of the two up to date: Docker Engine 20.10 or newer, or pivot");
}

Message explain_refusal(const engine::Refused& error, const std::string& what) {
    const std::string words =
        or_else(error.message, fmt::format("status {} without a word", error.status));
    const auto advice = advice_on(error.message);
    const std::string failed =
        what.empty() ? "the engine refuses" : fmt::format("could not {}", what);
    Message message =
        advise(fmt::format("{}: {}", failed, advice ? advice->meaning : shortened(words)), "");
    if (advice) {
        message.details.push_back("the engine says: " + shortened(words));
        message.hint = advice->hint;
    }
    return message;
}

}  // namespace

Message explain(const engine::Error& error, const std::string& what) {
    const std::string during = what.empty() ? "" : fmt::format("could not {}: ", what);
    return std::visit(
        base::Overload{
            [](const engine::Unreachable& e) { return explain_unreachable(e); },
            [](const engine::VersionMismatch& e) { return explain_mismatch(e); },
            [&](const engine::Refused& e) { return explain_refusal(e, what); },
            [&](const engine::Broken& e) {
                return advise(
                    fmt::format("{}the engine did not finish `{}`: {}", during, e.call,
                                or_else(e.detail, "the connection broke")),
                    "`systemctl status docker` tells how it is; then run the same command again");
            },
            [&](const engine::Malformed& e) {
                return advise(fmt::format("{}the reply to `{}` is not that of a Docker Engine: {}",
                                          during, e.call, or_else(e.detail, "it makes no sense")),
                              fmt::format("perhaps another program listens there; {}", say_where));
            },
        },
        error);
}

}  // namespace present
