#include "present/failure_text.hpp"

#include <algorithm>
#include <csignal>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/overload.hpp"
#include "present/cells.hpp"
#include "present/check_words.hpp"
#include "present/engine_advice.hpp"
#include "present/engine_text.hpp"
#include "present/instance_failure.hpp"
#include "present/place.hpp"
#include "present/time_text.hpp"
#include "present/words.hpp"

namespace present {
namespace {

Message make(std::string headline, std::string hint, std::string where = {}) {
    Message message;
    message.headline = std::move(headline);
    message.place = std::move(where);
    message.hint = std::move(hint);
    return message;
}

Message explain_image(const apply::ImageUnavailable& image, const Subject& subject) {
    using Why = apply::ImageUnavailable::Why;
    const std::string where = place(image.where, subject);
    switch (image.why) {
        case Why::pull_failed: break;
        case Why::call_failed: {
            Message message =
                explain(*image.error, fmt::format("pull the image `{}`", image.image));
            message.place = where;
            return message;
        }
        case Why::never_pulled:
            return make(
                fmt::format("image `{}` is not on this engine, and --pull never forbids to pull it",
                            image.image),
                "nothing was changed; leave out --pull never, or bring the image with `docker "
                "load`",
                where);
        case Why::policy_never:
            return make(fmt::format("image `{}` is not on this engine, and its `pull_policy` is "
                                    "`never`",
                                    image.image),
                        "nothing was changed; write another `pull_policy`, or bring the image with "
                        "`docker load`",
                        where);
    }
    return make(fmt::format("image `{}` cannot be pulled: {}", image.image, image.message),
                hint_on_pull(image.message, image.image), where);
}

bool is_on_host_network(const apply::PortTaken& port, const Subject& subject) {
    if (subject.appliance == nullptr) {
        return false;
    }
    for (const appliance::Container& container : subject.appliance->containers) {
        for (const appliance::Port& own : container.ports) {
            if (own.where == port.where) {
                return container.network_mode == appliance::NetworkMode::host;
            }
        }
    }
    return false;
}

Message explain_port(const apply::PortTaken& port, const Subject& subject) {
    const std::string image =
        port.holder_image.empty() ? "" : fmt::format(" ({})", port.holder_image);
    return make(
        fmt::format("host port {}/{} is taken by container `{}`{}", port.host_port,
                    word(port.protocol), port.holder, image),
        fmt::format("{}, or {}",
                    port.holder_appliance.empty()
                        ? fmt::format("stop it with `docker stop {}`", port.holder)
                        : fmt::format("take it away with `pivot down {}`", port.holder_appliance),
                    is_on_host_network(port, subject)
                        ? "let the program listen on another port: on the `host` network "
                          "each needs one of its own"
                        : "leave out `host_port` and the engine picks a free one"),
        place(port.where, subject));
}

Message explain_name(const apply::NameTaken& taken) {
    using What = apply::NameTaken::What;
    std::string_view what;
    std::string_view way_out;
    switch (taken.what) {
        case What::container:
            what = "container";
            way_out =
                "rename it with `docker rename {} NEW-NAME`, or give the appliance another `id`";
            break;
        case What::network:
            what = "network";
            way_out = "remove it with `docker network rm {}`, or give the appliance another `id`";
            break;
        case What::volume:
            what = "volume";
            way_out =
                "look at it with `docker volume inspect {}`, or give the appliance another `id`";
            break;
    }
    return make(
        fmt::format("a {} called `{}` is there already and does not belong to this appliance", what,
                    taken.name),
        fmt::format(fmt::runtime(way_out), taken.name));
}

Message explain_network(const apply::NetworkInUse& failure, const Subject& subject) {
    std::string names;
    for (const std::string& name : failure.containers) {
        names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
    }
    const bool before = failure.when == apply::NetworkInUse::When::before;
    return make(
        fmt::format("the network `{}` cannot go: {} {} on it and {} {}", failure.network, names,
                    failure.containers.size() == 1 ? "runs" : "run",
                    failure.containers.size() == 1 ? "is" : "are",
                    before ? "not in the document" : "not this appliance's"),
        fmt::format(fmt::runtime(before ? "nothing was changed; stop {} with `docker stop "
                                          "{}`, then run `pivot up` again"
                                        : "all else is gone; stop {} with `docker stop {}`, "
                                          "then run `pivot down {}` again"),
                    failure.containers.size() == 1 ? "it" : "them",
                    fmt::join(failure.containers, " "), subject.id));
}

Message explain_folder(const apply::HostFolderMissing& missing, const Subject& subject) {
    return make(
        fmt::format("container `{}` is to see `{}`, which the engine's machine does not have",
                    missing.container, missing.path),
        fmt::format("nothing was changed; make it there with `mkdir -p {}`, or write "
                    "another path",
                    missing.path),
        place(missing.where, subject));
}

std::vector<Message> explain_not_ready(const apply::NotReady& failure, const Subject& subject) {
    std::vector<Message> messages;
    for (const apply::InstanceFailed& failed : failure.failed) {
        messages.push_back(explain(failed, subject));
    }
    if (messages.empty()) {
        messages.push_back(make(fmt::format("`{}` did not get ready", subject.id), ""));
    }
    Message& last = messages.back();
    if (!failure.not_started.empty()) {
        last.details.push_back("not started either: " + in_backticks(failure.not_started));
    }
    if (last.hint.empty()) {
        last.hint = fmt::format(
            "what runs was left running; run `pivot up` again once it is mended, or "
            "`pivot down {}`",
            subject.id);
    }
    return messages;
}

diagnostics::Span where_is(const appliance::ContainerId& id, const Subject& subject) {
    if (subject.appliance != nullptr) {
        for (const appliance::Container& container : subject.appliance->containers) {
            if (container.id == id) {
                return container.where;
            }
        }
    }
    return {};
}

std::vector<Message> explain_goal_missed(const apply::GoalMissed& failure, const Subject& subject) {
    std::vector<Message> messages;
    for (const plan::ContainerStatus& container : failure.containers) {
        messages.push_back(
            make(fmt::format("`{}` is {}{}", container.id, plan::name(container.state),
                             container.reason.empty() ? "" : ": " + container.reason),
                 "", place(where_is(container.id, subject), subject)));
    }
    messages.back().hint =
        "the engine took every call, and yet this is not what it shows; run "
        "`pivot up` again";
    return messages;
}

Message explain_timeout(const apply::TimedOut& failure, const Subject& subject) {
    const std::string after = fmt::format("after {} (--timeout)", limit(failure.limit));
    if (!failure.unfinished.empty()) {
        const bool one_check = failure.unfinished.size() == 1 && !failure.checks.empty();
        Message message = make(
            fmt::format("{} {} not {} {}", in_backticks(failure.unfinished),
                        failure.unfinished.size() == 1 ? "is" : "are",
                        one_check ? "healthy" : "ready", after),
            failure.rolled_back.empty()
                ? "what runs was left running; run `pivot up` again to go on waiting, or allow "
                  "more "
                  "time"
                : "the update is taken back; run it again and allow it more time with `--timeout`",
            place(where_is(failure.unfinished.front(), subject), subject));
        for (const apply::PendingCheck& check : failure.checks) {
            for (const std::string& line : check_details(check)) {
                message.details.push_back(failure.unfinished.size() == 1
                                              ? line
                                              : fmt::format("`{}`: {}", check.container, line));
            }
        }
        return message;
    }
    if (!failure.pulling.empty()) {
        return make(fmt::format("{} {} {} not here yet {}",
                                failure.pulling.size() == 1 ? "image" : "images",
                                in_backticks(failure.pulling),
                                failure.pulling.size() == 1 ? "is" : "are", after),
                    "nothing was changed; allow more time, or pull beforehand with `docker pull`");
    }
    return make(fmt::format("`{}` is not done {}", subject.id, after),
                "run the command again, or allow more time");
}

Message explain_interrupt(const apply::Interrupted& failure, const Subject& subject) {
    Message message;
    message.kind =
        failure.signal == SIGTERM ? Message::Kind::terminated : Message::Kind::interrupted;
    if (!failure.changed) {
        message.headline = "nothing was changed";
        return message;
    }
    switch (subject.command) {
        case Subject::Command::down:
            message.headline =
                fmt::format("part of it is gone; `pivot down {}` takes the rest away", subject.id);
            break;
        case Subject::Command::up:
        case Subject::Command::plan:
        case Subject::Command::status:
            message.headline =
                "what was started stays; run `pivot up` again and it goes on from there";
            break;
    }
    return message;
}

}  // namespace

std::vector<Message> explain(const apply::Failure& failure, const Subject& subject) {
    using Messages = std::vector<Message>;
    return std::visit(
        base::Overload{
            [](const apply::NoSuchAppliance& f) {
                return Messages{make(fmt::format("no appliance `{}` on this engine", f.id),
                                     "`pivot status` lists those that are there")};
            },
            [&](const apply::ImagesUnavailable& f) {
                Messages messages;
                for (const apply::ImageUnavailable& image : f.images) {
                    messages.push_back(explain_image(image, subject));
                }
                return messages;
            },
            [&](const apply::PortTaken& f) { return Messages{explain_port(f, subject)}; },
            [](const apply::NameTaken& f) { return Messages{explain_name(f)}; },
            [](const apply::Renamed& f) {
                return Messages{make(
                    fmt::format("container `{}` is `{}` under another name, and runs", f.name,
                                f.wanted),
                    fmt::format("nothing was changed; give it its name back with `docker rename {} "
                                "{}`, or stop it with `docker stop {}`",
                                f.name, f.wanted, f.name))};
            },
            [](const apply::UnknownState& f) {
                return Messages{make(
                    fmt::format("container `{}` is in the state `{}`, which this `pivot` does not "
                                "know",
                                f.name, f.word),
                    fmt::format("nothing was changed; bring `pivot` up to date, or remove the "
                                "container with `docker rm -f {}`",
                                f.name))};
            },
            [&](const apply::HostFoldersMissing& f) {
                Messages messages;
                for (const apply::HostFolderMissing& folder : f.folders) {
                    messages.push_back(explain_folder(folder, subject));
                }
                return messages;
            },
            [](const apply::SubnetTooSmall& f) {
                return Messages{make(
                    fmt::format("the network `{}` ({}) has {} fixed addresses to give, and {} are "
                                "needed by what containers in `host` mode name",
                                f.network, f.subnet, f.addresses, f.needed),
                    "lower `instances`, or give the engine larger networks: "
                    "`default-address-pools` in its daemon.json")};
            },
            [&](const apply::NetworkInUse& f) { return Messages{explain_network(f, subject)}; },
            [&](const apply::NotReady& f) { return explain_not_ready(f, subject); },
            [&](const apply::GoalMissed& f) { return explain_goal_missed(f, subject); },
            [&](const apply::NotGone& f) {
                return Messages{
                    make(fmt::format("{} {} still there", in_backticks(f.names),
                                     f.names.size() == 1 ? "is" : "are"),
                         fmt::format("the engine took every call; run `pivot down {}` again",
                                     subject.id))};
            },
            [&](const apply::TimedOut& f) { return Messages{explain_timeout(f, subject)}; },
            [&](const apply::Interrupted& f) { return Messages{explain_interrupt(f, subject)}; },
            [&](const apply::TakenOver&) {
                return Messages{make(fmt::format("taken over by `pivot down {}`", subject.id),
                                     "run `pivot up` again when it is done, if it is to run")};
            },
            [](const apply::CallFailed& f) { return Messages{explain(f.error, f.what)}; },
        },
        failure);
}

std::string what_was_put_right(const apply::Failure& failure, const Subject& subject) {
    std::string text;
    const auto add = [&](const std::string& line) {
        if (!line.empty()) {
            text += printable(line) + "\n";
        }
    };
    const auto add_those = [&](const std::vector<plan::Instance>& instances) {
        for (const plan::Instance& instance : instances) {
            add(fmt::format("the old `{}` runs again; nothing was lost",
                            plan::to_string(instance)));
        }
    };
    if (const auto* not_ready = std::get_if<apply::NotReady>(&failure)) {
        for (const apply::InstanceFailed& failed : not_ready->failed) {
            add(what_became_of_the_old(failed, subject));
        }
        add_those(not_ready->taken_back);
        for (const plan::Instance& instance : not_ready->stay_new) {
            add(fmt::format("`{}` was updated before that and stays new",
                            plan::to_string(instance)));
        }
    } else if (const auto* timed_out = std::get_if<apply::TimedOut>(&failure)) {
        add_those(timed_out->rolled_back);
    }
    return text;
}

}  // namespace present
