#include "present/instance_failure.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "present/check_words.hpp"
#include "present/engine_advice.hpp"
#include "present/log_lines.hpp"
#include "present/place.hpp"
#include "present/runtime_text.hpp"
#include "present/words.hpp"

namespace present {
namespace {

const appliance::Container* container_of(const apply::InstanceFailed& failed,
                                         const Subject& subject) {
    if (subject.appliance == nullptr) {
        return nullptr;
    }
    const auto& all = subject.appliance->containers;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const appliance::Container& container) {
            return container.id == failed.instance.container;
        });
    return found == all.end() ? nullptr : &*found;
}

// The container, and which of its instances where it has several.
std::string who(const apply::InstanceFailed& failed, const appliance::Container* container) {
    const bool one_of_many =
        failed.instance.number > 1 || (container != nullptr && container->instances > 1);
    return one_of_many ? fmt::format("`{}`", plan::to_string(failed.instance))
                       : fmt::format("`{}`", failed.instance.container);
}

struct ExitMeaning {
    int code;
    std::string_view meaning;
    std::string_view hint;
};

// What the shell, the engine and the kernel make of these codes; programs use them for little else.
constexpr ExitMeaning exit_meanings[] = {
    {126, "its program may not be executed",
     "make the file executable in the image, or name its interpreter"},
    {127, "its program was not found", "check `cmd` and `args` against what the image has"},
    {132, "illegal instruction", "the program may need another processor than this machine has"},
    {134, "it aborted", ""},
    {137, "killed by SIGKILL", ""},
    {139, "segmentation fault", ""},
    {143, "ended by SIGTERM", ""},
};

void explain_exit(Message& message, const apply::InstanceFailed& failed,
                  const appliance::Container* container) {
    const std::string name = who(failed, container);
    if (failed.oom_killed) {
        const auto limit = container != nullptr ? container->resources.mem : std::nullopt;
        message.headline =
            limit
                ? fmt::format("{} needed more memory than its {} MiB and was killed", name, *limit)
                : fmt::format("{} was killed because memory ran out", name);
        message.hint = limit ? "raise its `mem`, or make it use less"
                             : "the machine has too little memory for it";
        return;
    }
    message.headline = fmt::format("{} exited with code {}", name, failed.exit_code);
    if (failed.tries > 1 && container != nullptr &&
        container->type == appliance::ContainerType::job) {
        message.headline += fmt::format(" after {} tries", failed.tries);
    }
    if (const auto advice = advice_on_exit(failed.exit_code, failed.last_log_lines)) {
        message.headline += fmt::format(": {}", advice->meaning);
        message.hint = advice->hint;
        return;
    }
    for (const ExitMeaning& known : exit_meanings) {
        if (known.code == failed.exit_code) {
            message.headline += fmt::format(" ({})", known.meaning);
            message.hint = known.hint;
        }
    }
    if (failed.exit_code == 0) {
        message.hint = "a service is to go on running; what runs to its end is a `job`";
    }
}

void explain_refusal(Message& message, const apply::InstanceFailed& failed,
                     const std::string& could_not) {
    if (const auto advice = advice_on(failed.message)) {
        message.headline = fmt::format("{}: {}", could_not, advice->meaning);
        message.details.push_back("the engine says: " + shortened(failed.message));
        message.hint = advice->hint;
    } else {
        message.headline = fmt::format("{}: {}", could_not, shortened(failed.message));
    }
}

}  // namespace

Message explain(const apply::InstanceFailed& failed, const Subject& subject) {
    using How = apply::InstanceFailed::How;
    const appliance::Container* container = container_of(failed, subject);
    Message message;
    message.place = place(failed.where, subject);
    switch (failed.how) {
        case How::exited: explain_exit(message, failed, container); break;
        case How::unhealthy:
            message.headline = fmt::format("{} is not healthy: its check failed {} times in a row",
                                           who(failed, container), failed.check_failures);
            break;
        case How::removed:
            message.headline =
                fmt::format("{} was removed while it was waited for", who(failed, container));
            message.hint = "run `pivot up` again: it looks at what is there now";
            break;
        case How::start_refused:
            explain_refusal(message, failed,
                            fmt::format("{} could not be started", who(failed, container)));
            break;
        case How::create_refused:
            explain_refusal(message, failed,
                            fmt::format("{} could not be created", who(failed, container)));
            break;
    }
    if (failed.check) {
        for (std::string& line : check_details(*failed.check)) {
            message.details.push_back(std::move(line));
        }
    }
    if (!failed.last_log_lines.empty()) {
        message.details.emplace_back("last lines of its log:");
        for (const std::string& line : failed.last_log_lines) {
            message.details.push_back("| " + shown_log_line(line));
        }
    }
    if (!failed.not_started.empty()) {
        message.details.push_back("not started because of it: " + in_backticks(failed.not_started));
    }
    if (failed.rollback != apply::InstanceFailed::Rollback::none) {
        message.headline = fmt::format("`{}` did not get ready after its update: {}",
                                       failed.instance.container, message.headline);
    }
    return message;
}

std::string what_became_of_the_old(const apply::InstanceFailed& failed, const Subject& subject) {
    using Rollback = apply::InstanceFailed::Rollback;
    const std::string name = who(failed, container_of(failed, subject));
    switch (failed.rollback) {
        case Rollback::none:
        case Rollback::to_come: return "";
        case Rollback::done: return fmt::format("the old {} runs again; nothing was lost", name);
        case Rollback::failed:
            return fmt::format(
                "the old {} could not be brought back: run `pivot up` again with "
                "the document as it was",
                name);
    }
    return "";
}

}  // namespace present
